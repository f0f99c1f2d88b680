// The texts of messages in Spanish; form and facts: texts.ts.
import type { MailLanguage } from '../texts.ts'

const where = 'Hora: {at}. Dirección: {address}. Navegador: {browser}.'
const notYou =
  'Si no has sido tú, cambia tu contraseña en {accountUrl}, cierra las sesiones que no reconozcas y avisa a tu administrador.'
const byAdministrator = 'Si no lo esperabas, pregunta a tu administrador.'
const ignore = 'Si no lo has pedido, puedes ignorar este mensaje: no ha cambiado nada.'

export const spanish: MailLanguage = {
  words: {
    totp: 'aplicación de autenticación',
    device: 'dispositivo MFA',
    passkey: 'llave de acceso',
    allFactors: 'todos, por un administrador',
    none: 'ninguna',
    unknownBrowser: 'navegador desconocido',
  },
  texts: {
    test: {
      subject: 'Mensaje de prueba de {organization}',
      body: ['El correo de {host} funciona. Un administrador ha enviado este mensaje como prueba.'],
    },
    invitation: {
      subject: 'Tu cuenta en {organization}',
      body: [
        'Se ha creado una cuenta para ti en {organization}. Tu nombre de usuario es {user}.',
        'Elige una contraseña para usarla. El enlace sirve una sola vez, hasta el {until}.',
      ],
      button: 'Elegir una contraseña',
      after: ['Si no conoces {organization}, puedes ignorar este mensaje.'],
    },
    'password-link': {
      subject: 'Elige una contraseña nueva en {organization}',
      body: [
        'Un administrador te envía un enlace para elegir una contraseña nueva para tu cuenta {user} en {organization}.',
        'El enlace sirve una sola vez, hasta el {until}. Tu segundo factor no cambia.',
      ],
      button: 'Elegir una contraseña nueva',
      after: [byAdministrator],
    },
    'reset-password': {
      subject: 'Elige una contraseña nueva en {organization}',
      body: [
        'Se ha pedido una contraseña nueva para tu cuenta {user} en {organization}, desde la dirección {address} ({browser}).',
        'El enlace sirve una sola vez, hasta el {until}. Tu segundo factor no cambia.',
      ],
      button: 'Elegir una contraseña nueva',
      after: [ignore],
    },
    'no-password': {
      subject: 'Iniciar sesión en {organization}',
      body: [
        'Se ha pedido una contraseña nueva para tu cuenta {user} en {organization}. Esta cuenta no tiene contraseña aquí: inicias sesión a través de tu organización o de otro proveedor.',
      ],
      after: [ignore],
    },
    'verify-address': {
      subject: 'Confirma tu dirección de correo en {organization}',
      body: [
        'Se ha indicado esta dirección para la cuenta {user} en {organization}. Confirma que es tuya. El enlace sirve una sola vez, hasta el {until}, y te pide iniciar sesión.',
      ],
      button: 'Confirmar esta dirección',
      after: [ignore],
    },
    'address-changed': {
      subject: 'Se ha cambiado tu dirección de correo en {organization}',
      body: [
        'La dirección de correo de tu cuenta {user} en {organization} ha cambiado a: {newAddress}. Hora: {at}.',
        'Los mensajes sobre tu cuenta se enviarán a la dirección nueva cuando esté confirmada.',
        byAdministrator,
      ],
    },
    'confirm-registration': {
      subject: 'Termina de crear tu cuenta en {organization}',
      body: [
        'Se ha pedido una cuenta en {organization} con esta dirección. Elige una contraseña para crearla. El enlace sirve una sola vez, hasta el {until}.',
      ],
      button: 'Crear la cuenta',
      after: [ignore],
    },
    'already-registered': {
      subject: 'Ya tienes una cuenta en {organization}',
      body: [
        'Se ha pedido una cuenta en {organization} con esta dirección, pero ya tienes una: {user}.',
        'Inicia sesión en {signInUrl}. Si has olvidado tu contraseña, allí puedes pedir una nueva.',
      ],
      after: [ignore],
    },
    'new-sign-in': {
      subject: 'Nuevo inicio de sesión en tu cuenta de {organization}',
      body: [
        'Se ha iniciado sesión en {organization} con tu cuenta {user} desde un navegador que no se había usado antes.',
        where,
        notYou,
      ],
    },
    'password-changed': {
      subject: 'Se ha cambiado tu contraseña en {organization}',
      body: ['Se ha cambiado la contraseña de tu cuenta {user} en {organization}.', where, notYou],
    },
    'password-set': {
      subject: 'Un administrador ha cambiado tu contraseña en {organization}',
      body: [
        'Un administrador ha establecido una contraseña para tu cuenta {user} en {organization}. Hora: {at}.',
        byAdministrator,
      ],
    },
    'factor-added': {
      subject: 'Se ha añadido un segundo factor a tu cuenta de {organization}',
      body: [
        'Se ha añadido un segundo factor ({factor}) a tu cuenta {user} en {organization}.',
        where,
        notYou,
      ],
    },
    'factor-removed': {
      subject: 'Se ha quitado un segundo factor de tu cuenta de {organization}',
      body: [
        'Se ha quitado un segundo factor ({factor}) de tu cuenta {user} en {organization}.',
        where,
        notYou,
      ],
    },
    'recovery-codes-replaced': {
      subject: 'Códigos de recuperación nuevos para tu cuenta de {organization}',
      body: [
        'Se han creado códigos de recuperación nuevos para tu cuenta {user} en {organization}. Los anteriores ya no funcionan.',
        where,
        notYou,
      ],
    },
    'access-key-created': {
      subject: 'Se ha creado una clave de acceso para tu cuenta de {organization}',
      body: [
        'Se ha creado una clave de acceso para tu cuenta {user} en {organization}. Quien la tenga puede actuar en tu nombre. Hora: {at}. Dirección: {address}.',
        byAdministrator,
      ],
    },
    'mail-server-changed': {
      subject: 'Se está cambiando el servidor de correo de {organization}',
      body: [
        'Se está cambiando el servidor de correo que envía los mensajes de {organization}. Antes: {before}. Después: {after}.',
        'Por: {who}. Hora: {at}. Dirección: {address}.',
        'Recibes este mensaje porque administras {organization}. Si no esperabas el cambio, comprueba {settingsUrl} de inmediato: quien gestiona el servidor de correo puede leer los enlaces con los que se elige una contraseña nueva.',
      ],
    },
    'access-approved': {
      subject: 'Ya puede asumir {role} en {organization}',
      body: [
        'Se aprobó su solicitud del rol {role} en {organization}. Puede asumir el rol hasta {until}; después, el acceso termina por sí solo.',
        'Lo que dijo la administración: {answer}',
        'Obtenga credenciales en {rolesUrl}.',
      ],
    },
    'access-refused': {
      subject: 'Se rechazó su solicitud de {role} en {organization}',
      body: [
        'Se rechazó su solicitud del rol {role} en {organization}.',
        'Lo que dijo la administración: {answer}',
      ],
    },
    'access-ended': {
      subject: 'Su acceso a {role} en {organization} ha terminado',
      body: [
        'La administración puso fin a su acceso al rol {role} en {organization}. Las credenciales que tenía de él ya no funcionan.',
        'Puede volver a solicitarlo en {rolesUrl}.',
      ],
    },
  },
}
