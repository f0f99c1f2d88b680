// Answers of operations and of the policy engine in Spanish. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Tu inicio de sesión es demasiado antiguo para esto. Vuelve a iniciar sesión en otra pestaña y envía otra vez este formulario. No se ha perdido nada.',
  'There is nothing at this address.': 'No hay nada en esta dirección.',
  'You may not do {action}: {decision}.': 'No tienes permiso para {action}: {decision}.',
  'denied because {layer} does not allow it': 'denegado porque {layer} no lo permite',
} as const
