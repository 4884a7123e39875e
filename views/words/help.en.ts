// The English words; the comments are in help.ru.ts.
import type { HelpWords } from './help.ru.ts';

export const helpEn = {
  title: 'Help',
  search: 'Find an answer',
  searchHint: 'For example: payment, camera, refund',
  searchDo: 'Find',
  found: n => `Answers found: ${n}`,
  nothing: 'Nothing was found. Try one word, for example “payment”, or call the front desk.',
  all: 'Show all questions',
  guide: 'How a consultation goes',
  questions: 'Frequent questions',
  more: 'Step by step',
  phoneHeading: 'No answer here?',
  phone: 'Call the front desk and tell the day and time of the consultation. You need not name the doctor or your complaints.',
  stepOf: (n, of) => `Step ${n} of ${of}`,
  stepsNav: 'Steps of the guide',
  steps: {
    'sign-in': {
      title: 'Sign in with Gosuslugi',
      note: '2 minutes',
      steps: [
        {
          heading: 'Check your account',
          text: 'A confirmed one is needed; the Gosuslugi app marks it in your profile. If yours is not, confirm it in your bank’s app in 5 minutes: look for “Gosuslugi” there.',
        },
        {
          heading: 'Press “Sign in with Gosuslugi”',
          text: 'The Gosuslugi site opens. The password is entered only there, we never see it. Then you come back here.',
        },
        {
          heading: 'Read the documents',
          text: 'Each is signed apart and says what cannot be done without it. A consent can be withdrawn in “Consents and documents”.',
        },
        { heading: 'Next time', text: 'You can sign in with a code by e-mail: it comes to the address in your cabinet.' },
      ],
    },
    choose: {
      title: 'Choose a doctor and a time',
      note: '3 minutes',
      steps: [
        { heading: 'Open “Online consultation”', text: 'Choose a specialty, a doctor or a day. The earliest come first.' },
        { heading: 'Choose a time', text: 'Large is the clinic’s time, small is yours when your clock differs.' },
        {
          heading: 'Check and confirm',
          text: 'Before confirming you see the price and what comes back when you cancel. No money is taken at this point.',
        },
      ],
    },
    pay: {
      title: 'Pay within {hold}',
      note: 'and what happens when you are late',
      steps: [
        {
          heading: 'Press “Pay”',
          text: 'The payment service’s page opens. A Russian bank’s card and SBP will do. We never see the card’s data.',
        },
        {
          heading: 'Come back to the cabinet',
          text: 'The page waits for the bank’s answer by itself. You may close it: the answer comes by e-mail too.',
        },
        {
          heading: 'Not within {hold}',
          text: 'The booking is annulled and the time becomes free. If the money comes later, the appointment is kept while the time is free; otherwise the whole sum comes back, you need not apply.',
        },
        {
          heading: 'The payment did not go through',
          text: 'The booking’s card says why and what to do. While the countdown runs you can try again.',
        },
      ],
    },
    connect: {
      title: 'Join the doctor',
      note: 'camera, microphone, bad connection',
      steps: [
        {
          heading: 'Open “Appointments”',
          text: 'The waiting room opens {waiting} before the start, the button “Join the consultation” works from {join} before it.',
        },
        {
          heading: 'Allow the camera and microphone',
          text: 'The browser asks by itself. If you refused before, press the icon left of the address, switch on both, and refresh the page.',
        },
        { heading: 'Face the light', text: 'Put your tests and the list of medicines beside you. Close other programs with video.' },
        {
          heading: 'Connection lost? Press nothing',
          text: 'The cabinet reconnects by itself. If you closed the window, press “Join the consultation” again and you are in the same call.',
        },
      ],
    },
    protocol: {
      title: 'Find the protocol',
      note: 'a page and a file to print',
      steps: [
        { heading: 'Open “Medical card”', text: 'The protocol appears as soon as the doctor signed it. It stays for good.' },
        {
          heading: 'Save or print it',
          text: 'A protocol has a page and a file to print. Corrections are amendments, the old text does not change.',
        },
      ],
    },
    refund: {
      title: 'Get the money back',
      note: 'when the consultation did not take place',
      steps: [
        { heading: 'You cancel', text: 'Open “Appointments” and press “Cancel the booking”. The exact sum is shown before you confirm.' },
        {
          heading: 'The clinic cancelled',
          text: 'The whole sum comes back, you need not apply. It goes where you paid from, in 1–5 days.',
        },
        {
          heading: 'The connection failed',
          text: 'If the doctor ended the visit as failed, the whole sum comes back by itself, you need not apply. Otherwise open the appointment in “History” and press “Ask for the money back”: the connection log shows on whose side it failed.',
        },
      ],
    },
  },
  faq: [
    {
      question: 'Money was taken, but there is no booking',
      answer:
        'It is not lost. If the time is still free the booking comes back by itself, otherwise the whole sum is returned. The answer comes by e-mail.',
      step: 'pay',
    },
    {
      question: 'Why only {hold} to pay?',
      answer:
        'While you pay, the time is closed for others. After {hold} it becomes free. Our server counts, reloading the page changes nothing.',
      step: 'pay',
    },
    {
      question: 'May I move the appointment?',
      answer:
        'Yes, with the same doctor, nothing to add, no more than {moves}. “Move” stands on the booking; it is free for as long as cancelling is. While the doctor is late you may move it at any minute.',
      step: 'refund',
    },
    {
      question: 'The doctor is late. What to do?',
      answer:
        '{late} after the start we offer you to wait, to move the appointment or to have the whole sum back: one tap, in the waiting room and on the booking’s page. We write about it too.',
      step: 'connect',
    },
    {
      question: 'How much comes back when I cancel?',
      answer: 'Exact sums and times stand on the confirmation page and again on the cancelling page, before you confirm.',
      step: 'refund',
    },
    {
      question: 'When does returned money arrive?',
      answer: 'Usually in 1–5 days, where you paid from. It depends on your bank.',
      step: 'refund',
    },
    {
      question: 'The browser does not see the camera. What to do?',
      answer:
        'Press the icon left of the address, find the camera and microphone, choose “Allow”, refresh the page. If that does not help, close other programs with video.',
      step: 'connect',
    },
    {
      question: 'How to check the camera and the connection in advance?',
      answer:
        'Press “Check the connection” on the card of your consultation. The page shows whether the network carries video and what to put right. Check as often as you like.',
      step: 'connect',
    },
    {
      question: 'Why does “Join the consultation” not work?',
      answer: 'It works from {join} before the start. The time stands beside it.',
      step: 'connect',
    },
    {
      question: 'The code does not arrive',
      answer:
        'Check the spam folder. A code comes when exactly one person has this address in the cabinet. If a family shares it, sign in with Gosuslugi.',
      step: 'sign-in',
    },
    {
      question: 'What is a confirmed account?',
      answer:
        'A Gosuslugi account whose owner’s identity was checked: in a bank’s app, at a service centre or by an electronic signature. Without it the doctor may not consult.',
      step: 'sign-in',
    },
    {
      question: 'May the doctor diagnose or prescribe online?',
      answer:
        'No, the law does not allow it without a visit. The doctor hears the complaints, goes through tests and says whether you need a visit and to whom.',
      step: 'choose',
    },
    {
      question: 'I am in another time zone. By which clock is the consultation?',
      answer: 'By the clinic’s time ({city}). Your own always stands beside it. Reminders come a day, an hour and 10 minutes before.',
      step: 'choose',
    },
    {
      question: 'Where is the doctor’s conclusion?',
      answer: 'In “Medical card”, as soon as the doctor signed the protocol.',
      step: 'protocol',
    },
    {
      question: 'Who sees my data?',
      answer:
        'The doctor who consults you, and you. Letters and the payment service know neither the doctor nor the complaints: only the time and the sum.',
      step: 'sign-in',
    },
  ],
} satisfies HelpWords;
