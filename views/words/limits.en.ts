// Words of the limits in workflows/rules/limits.ts: what was too much, and why there is a limit.
import type { limitsRu } from './limits.ru.ts';

const network = 'Too many requests come from your network.';

export const limitsEn: typeof limitsRu = {
  postsOfSession: 'You send forms too often: more than 600 a minute.',
  postsOfNetwork: network,
  postsOfStrangers: 'Too many forms come from your network without signing in: more than 300 a minute.',
  readsOfNetwork: network,
  verifications: 'Codes of protocols are checked from your network more than 60 times a minute. This protects against guessing.',
  requestsOfUnknown: 'Too many requests come to this site.',
  postsOfUnknownStrangers: 'Too many forms come to this site without signing in.',
  verificationsOfUnknown: 'Codes of protocols are checked too often. This protects against guessing.',
  departuresOfNetwork: 'People of your network sign in through Gosuslugi too often.',
  codesToAddressOfNetwork: 'We send at most 5 codes to one address in a quarter of an hour. The last code still works.',
  codesToAddress: 'We send at most 15 codes to one address in a quarter of an hour. You can sign in through Gosuslugi.',
  wrongCodesOfAddress:
    'Too many wrong codes were typed for this address today, and we wrote to its owner. Sign in through Gosuslugi, or in a browser where you signed in by a code before.',
  codesOfNetwork: 'Too many codes are requested from your network: more than 300 an hour.',
  codeTriesOfNetwork: 'Too many codes are typed from your network: more than 600 an hour. This protects against guessing.',
  handoversOfPerson: 'Too many codes for another device: more than 20 in a quarter of an hour.',
  handoversOfNetwork: 'Visits are opened on other devices too often from your network.',
  noticesOfObject: 'Too many notices come about one payment.',
  noticesOfUnknown: 'Too many notices come about unknown payments.',
  noticesOfAllUnknown: 'Too many notices come about unknown payments.',
  checkoutsOfConsultation: 'The payment page is opened too often: more than 20 times a minute.',
  checksOfPerson: 'Too many connection checks: more than 40 in a quarter of an hour.',
  addressCodesOfPerson: 'We send at most 5 letters an hour to confirm an address. Wait, or book with the address from Gosuslugi.',
  unpaidHoldsOfDay: 'You have reserved 6 intervals within a day and not paid for them. You can book again tomorrow.',
  unpaidHoldsOfInterval: 'You have reserved this interval 3 times within a day and not paid for it. Choose another time.',
  cancellationsOfWeek: 'You have cancelled 5 paid visits within a week. You can book again a week after the first of these cancellations.',
  filesOfRoom: 'At most 20 files can be sent in one visit. Add the others to your medical card.',
  chatLinesOfSide: 'The chat of this visit has 1000 messages of yours already, no more fit in.',
  chatBytesOfSide: 'Your messages in the chat of this visit have filled their share.',
  greetingsOfSide: 'The page of this visit connects too often.',
  sessionsOfPass: 'The video connects too often.',
};
