// Answers of operations and of the policy engine in French. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Votre connexion est trop ancienne pour cette action. Reconnectez-vous dans un autre onglet, puis renvoyez ce formulaire. Rien n’a été perdu.',
  'There is nothing at this address.': 'Il n’y a rien à cette adresse.',
  'You may not do {action}: {decision}.': 'Vous n’êtes pas autorisé à effectuer {action} : {decision}.',
  'denied because {layer} does not allow it': 'refusé car {layer} ne l’autorise pas',
} as const
