// Answers of operations and of the policy engine in German. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Ihre Anmeldung liegt dafür zu lange zurück. Melden Sie sich in einem anderen Tab erneut an und senden Sie dieses Formular noch einmal. Es ging nichts verloren.',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'You may not do {action}: {decision}.': 'Sie dürfen {action} nicht: {decision}.',
  'denied because {layer} does not allow it': 'abgelehnt, denn {layer} erlaubt es nicht',
} as const
