// Words of the limits in workflows/rules/limits.ts: what was too much, and why there is a limit.
import type { LimitName } from '../../workflows/rules/limits.ts';

const network = 'С вашей сети приходит слишком много запросов.';

export const limitsRu = {
  postsOfSession: 'Вы отправляете формы слишком часто: больше 600 за минуту.',
  postsOfNetwork: network,
  postsOfStrangers: 'С вашей сети приходит слишком много форм без входа: больше 300 за минуту.',
  readsOfNetwork: network,
  verifications: 'Коды протоколов проверяют с вашей сети чаще 60 раз в минуту. Это защита от подбора.',
  requestsOfUnknown: 'На сайт приходит слишком много запросов.',
  postsOfUnknownStrangers: 'На сайт приходит слишком много форм без входа.',
  verificationsOfUnknown: 'Коды протоколов проверяют слишком часто. Это защита от подбора.',
  departuresOfNetwork: 'С вашей сети слишком часто входят через Госуслуги.',
  codesToAddressOfNetwork: 'На один адрес мы отправляем не больше 5 кодов за четверть часа. Последний отправленный код ещё подходит.',
  codesToAddress: 'На один адрес мы отправляем не больше 15 кодов за четверть часа. Можно войти через Госуслуги.',
  wrongCodesOfAddress:
    'Сегодня для этого адреса ввели слишком много неверных кодов, и мы написали его владельцу. Войдите через Госуслуги или в браузере, где вы уже входили по коду.',
  codesOfNetwork: 'С вашей сети запрашивают слишком много кодов: больше 300 за час.',
  codeTriesOfNetwork: 'С вашей сети вводят слишком много кодов: больше 600 за час. Это защита от подбора.',
  handoversOfPerson: 'Слишком много кодов для другого устройства: больше 20 за четверть часа.',
  handoversOfNetwork: 'С вашей сети слишком часто открывают приём на другом устройстве.',
  checksOfPerson: 'Слишком много проверок связи: больше 40 за четверть часа.',
} satisfies Record<LimitName, string>;
