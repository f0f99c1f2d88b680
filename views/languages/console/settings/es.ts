// The messages of Settings in Spanish.
export const settings = {
  '1 to 24.': 'De 1 a 24.',
  '1 to 3650. Empty: it does not end by itself.': 'De 1 a 3650. Vacío: no caduca por sí solo.',
  '6 to 128 characters.': 'De 6 a 128 caracteres.',
  'A backup is one file with every record of all accounts, as they are at one moment. The server goes on meanwhile. It is made by a command where the server runs, never by a browser: whoever has the file and the master key has everything.':
    'Una copia de seguridad es un archivo con todos los registros de todas las cuentas en un instante. Entre tanto, el servidor sigue funcionando. Se hace con un comando donde se ejecuta el servidor, nunca con un navegador: quien tiene el archivo y la clave maestra lo tiene todo.',
  'A certificate is replaced by uploading its successor under another name.':
    'Para sustituir un certificado, sube el nuevo con otro nombre.',
  'A directory creates, changes and disables people here by SCIM 2.0. Each token acts as one person, with the permissions of that person.':
    'Un directorio crea, modifica y desactiva aquí personas mediante SCIM 2.0. Cada token actúa como una persona, con los permisos de esta.',
  'A directory sends it with every request. It is shown once.':
    'Un directorio lo envía con cada solicitud. Se muestra una sola vez.',
  'A message to your own e-mail address, sent now with the settings that are saved.':
    'Un mensaje a tu propia dirección de correo, enviado ahora con los ajustes guardados.',
  'A part of the ARN, for instance {example}.': 'Una parte del ARN, por ejemplo {example}.',
  'Accent colour': 'Color de énfasis',
  Accepted: 'Aceptado',
  'Acts as': 'Actúa como',
  'Addresses that it sets count as confirmed': 'Las direcciones que establece se consideran confirmadas',
  'All earlier keys end at once. What ends with them: {what}.':
    'Todas las claves anteriores dejan de valer de inmediato. Con ellas termina: {what}.',
  'All earlier keys have ended.': 'Todas las claves anteriores han dejado de valer.',
  'An address, or a name and an address in angle brackets.':
    'Una dirección, o un nombre y una dirección entre paréntesis angulares.',
  'At least 5 min. In s, min, h or d.': 'Al menos 5 min. En s, min, h o d.',
  'Audit trail': 'Registro de auditoría',
  'Back up now': 'Hacer una copia ahora',
  Backup: 'Copia de seguridad',
  'Base URL': 'URL base',
  Because: 'Motivo',
  'Both are in the configuration file, so that nobody who may change an account can shorten its trail. Reload after a change.':
    'Ambas cosas están en el archivo de configuración, para que nadie que pueda modificar una cuenta pueda acortar su registro. Vuelve a cargarlo después de un cambio.',
  'Bounces go to': 'Los rebotes van a',
  'Brand and language': 'Marca e idioma',
  Brand: 'Marca',
  Certificate: 'Certificado',
  'Certificates of its issuers': 'Certificados de sus emisores',
  'Certificates with their private keys, kept under a name for the servers of the account. Nobody reads a private key back. The certificate that this server itself serves is set where it is started.':
    'Certificados con sus claves privadas, guardados con un nombre para los servidores de la cuenta. Nadie puede volver a leer una clave privada. El certificado que usa este mismo servidor se define donde se inicia.',
  Certificates: 'Certificados',
  Colour: 'Color',
  Colours: 'Colores',
  Contrast: 'Contraste',
  'Copy the token now': 'Copia el token ahora',
  'Could not be sent since': 'No se pudo enviar desde',
  'Create the token': 'Crear el token',
  'Current key': 'Clave actual',
  Dark: 'Oscuro',
  'Dark, on a desktop': 'Oscuro, en un ordenador',
  'Dark, on a phone': 'Oscuro, en un teléfono',
  'Days for which people may trust a browser': 'Días durante los que se puede confiar en un navegador',
  'Days until a password must be changed': 'Días hasta que hay que cambiar la contraseña',
  'Days until it ends': 'Días hasta que caduca',
  'Delete the certificate {name}?': '¿Eliminar el certificado {name}?',
  Delivers: 'Entrega normal',
  'Does not sign in': 'No inicia sesión',
  Domains: 'Dominios',
  'E-mail addresses that it sets are known to be the persons’':
    'Las direcciones de correo que establece pertenecen con certeza a las personas',
  'Empty: 587 with STARTTLS, 465 with TLS, 25 without encryption.':
    'Vacío: 587 con STARTTLS, 465 con TLS, 25 sin cifrado.',
  'Empty: as long as it is used.': 'Vacío: mientras se use.',
  'Empty: it stays. Give it again when host, port or user change: it is sent only where it was set for.':
    'Vacío: se conserva. Indícala de nuevo si cambian el host, el puerto o el usuario: solo se envía a donde se definió.',
  'Empty: this server does not sign in there.': 'Vacío: este servidor no inicia sesión allí.',
  Encryption: 'Cifrado',
  'End all earlier keys now': 'Invalidar ahora todas las claves anteriores',
  'Ends soon': 'Caduca pronto',
  'Entries are sent from the stored trail, so a receiver that is down gets them later.':
    'Las entradas se envían desde el registro guardado, así que un receptor caído las recibe más tarde.',
  'Every sign-in, exchange, change and refusal, each entry chained to the one before. Read it under {activity}.':
    'Cada inicio de sesión, intercambio, cambio y denegación; cada entrada está encadenada a la anterior. Se consulta en {activity}.',
  Expired: 'Caducado',
  'For good': 'Para siempre',
  'For instance the directory.': 'Por ejemplo, el directorio.',
  'For instance {example}.': 'Por ejemplo, {example}.',
  'Former key': 'Clave anterior',
  'Next key': 'Clave siguiente',
  'Group that they join': 'Grupo al que se unen',
  'Groups that need a second factor': 'Grupos que necesitan un segundo factor',
  Host: 'Host',
  'ID tokens, access tokens and role sessions': 'Tokens de identidad, tokens de acceso y sesiones de rol',
  'In the directory and with the environment of the server.':
    'En el directorio y con el entorno del servidor.',
  'In the same form. Empty: to the sender.': 'Con el mismo formato. Vacío: al remitente.',
  'In the texts of accounts whose brand has no name.':
    'En los textos de las cuentas cuya marca no tiene nombre.',
  'Into a new, empty store. What was changed, revoked or spent after the backup is as it was then.':
    'En un almacén nuevo y vacío. Lo que se cambió, revocó o consumió después de la copia queda como estaba entonces.',
  'It ends on {date}. Its private key is deleted with it, and cannot be had back. Servers that use a copy of it go on.':
    'Caduca el {date}. Su clave privada se elimina con él y no se puede recuperar. Los servidores que usan una copia siguen funcionando.',
  'It is shown only now. It acts as {user}, and does not end by itself.':
    'Solo se muestra ahora. Actúa como {user} y no caduca por sí solo.',
  'It is shown only now. It acts as {user}, and ends {date}.':
    'Solo se muestra ahora. Actúa como {user} y caduca el {date}.',
  Kept: 'Conservación',
  'Keys rotate by themselves. The next one is published before it signs, and a former one verifies until the last thing that it signed has ended.':
    'Las claves rotan por sí solas. La siguiente se publica antes de firmar, y una anterior verifica hasta que caduca lo último que firmó.',
  Keys: 'Claves',
  'Last delivery': 'Última entrega',
  'Latest passwords that may not be used again': 'Últimas contraseñas que no se pueden volver a usar',
  Light: 'Claro',
  'Light, on a desktop': 'Claro, en un ordenador',
  'Light, on a phone': 'Claro, en un teléfono',
  'Links and edges have a shade of the colour that can be read in each scheme.':
    'Los enlaces y los bordes tienen un tono del color que se lee bien en cada esquema.',
  'Logo in dark colours': 'Logotipo para colores oscuros',
  'Longest session after the sign-in': 'Duración máxima de la sesión tras iniciarla',
  'Longest time without use in a session': 'Tiempo máximo sin uso de una sesión',
  'Mail is not configured: links are copied by an administrator, and nobody is notified.':
    'El correo no está configurado: un administrador copia los enlaces y no se avisa a nadie.',
  Messages: 'Mensajes',
  'Name of the organization': 'Nombre de la organización',
  'New SCIM token': 'Nuevo token de SCIM',
  'New token': 'Nuevo token',
  'No SCIM token.': 'Ningún token de SCIM.',
  'No server certificate.': 'Ningún certificado de servidor.',
  Nobody: 'Nadie',
  'None: the host must be listed in CHANCERY_OUTBOUND_ALLOW':
    'Ninguno: el host debe figurar en CHANCERY_OUTBOUND_ALLOW',
  'Not encrypted': 'Sin cifrar',
  'Not said': 'Sin indicar',
  'Not sent': 'No enviado',
  'Nothing is sent any more, and nobody can ask for a new password or create an account by mail. Messages that wait are kept until their time is over.':
    'Ya no se envía nada, y nadie puede pedir una contraseña nueva ni crear una cuenta por correo. Los mensajes pendientes se conservan hasta que vence su plazo.',
  'Nothing is sent any more, and pages no longer offer what needs mail.':
    'Ya no se envía nada, y las páginas dejan de ofrecer lo que necesita correo.',
  Now: 'Ahora',
  'Now: {size}.': 'Ahora: {size}.',
  'Of all people. Each is tried again until its time is over: a link as long as it is valid, a notice for a day.':
    'De todas las personas. Cada uno se reintenta hasta que vence su plazo: un enlace mientras es válido, un aviso durante un día.',
  'Of buttons and links, such as #0b6bcb.': 'De botones y enlaces, por ejemplo #0b6bcb.',
  'Of pages for browsers that prefer none of these, and of mail to people without a language of their own. Everybody may choose another.':
    'De las páginas para los navegadores que no prefieren ninguno de estos, y del correo a las personas sin idioma propio. Cada persona puede elegir otro.',
  'Oldest entry of this account': 'Entrada más antigua de esta cuenta',
  'On pages, in mails and in authenticator apps. At most 60 characters.':
    'En las páginas, en los correos y en las aplicaciones de autenticación. Como máximo 60 caracteres.',
  'One on each line, for instance acme.example.': 'Uno por línea, por ejemplo acme.example.',
  'Only those that stay on one device, such as security keys':
    'Solo las que permanecen en un dispositivo, como las llaves de seguridad',
  'Only verifies': 'Solo verifica',
  Organization: 'Organización',
  'PEM, from BEGIN CERTIFICATE to END CERTIFICATE.': 'PEM, de BEGIN CERTIFICATE a END CERTIFICATE.',
  'PEM, not encrypted. It is stored sealed, and never shown again: paste it anew when this form is shown again.':
    'PEM, sin cifrar. Se guarda sellada y nunca se vuelve a mostrar: pégala de nuevo si este formulario vuelve a aparecer.',
  'PEM, one after the other.': 'PEM, uno tras otro.',
  'PNG, JPEG or WebP, at most 100 kB and 2048 × 2048 pixels. Up to 15 kB, the first page stays below 60 kB.':
    'PNG, JPEG o WebP, como máximo 100 kB y 2048 × 2048 píxeles. Hasta 15 kB, la primera página queda por debajo de 60 kB.',
  Passkeys: 'Llaves de acceso',
  Passwords: 'Contraseñas',
  'People with an address of the domains below': 'Personas con una dirección de los dominios de abajo',
  Port: 'Puerto',
  Preview: 'Vista previa',
  'Private key': 'Clave privada',
  'Published since {published}, signs from {start}.':
    'Publicada desde el {published}, firma a partir del {start}.',
  'Published, not yet used': 'Publicada, aún sin usar',
  Receivers: 'Receptores',
  'Refuse passwords that are guessed easily': 'Rechazar contraseñas fáciles de adivinar',
  'Remove it': 'Quitarlo',
  'Remove the mail server?': '¿Quitar el servidor de correo?',
  'Remove the mail server…': 'Quitar el servidor de correo…',
  'Removed as too old': 'Eliminado por antigüedad',
  'Reply to': 'Responder a',
  'Require a lowercase letter': 'Exigir una minúscula',
  'Require a number': 'Exigir un número',
  'Require a symbol': 'Exigir un símbolo',
  'Require an uppercase letter': 'Exigir una mayúscula',
  'Required of everyone': 'Obligatorio para todos',
  'Required of members of the groups below': 'Obligatorio para los miembros de los grupos de abajo',
  Restore: 'Restaurar',
  'Revoke this SCIM token?': '¿Revocar este token de SCIM?',
  Revoke: 'Revocar',
  'Rotate the {use} keys': 'Rotar las claves {use}',
  'Rotate the {use} keys?': '¿Rotar las claves {use}?',
  Rotate: 'Rotar',
  'SCIM tokens': 'Tokens de SCIM',
  SCIM: 'SCIM',
  'Second factors and sessions': 'Segundos factores y sesiones',
  'Secret access keys of role sessions': 'Claves de acceso secretas de sesiones de rol',
  'Self-registration': 'Registro propio',
  'Send a test message to me': 'Enviarme un mensaje de prueba',
  Sender: 'Remitente',
  'Sent to': 'Enviado a',
  'Server certificates': 'Certificados de servidor',
  Server: 'Servidor',
  'Set in the configuration file: change `mail:` there, then reload it.':
    'Definido en el archivo de configuración: cambia `mail:` allí y vuelve a cargarlo.',
  'Shortest length': 'Longitud mínima',
  'Sign-ins in progress and cursors of lists': 'Inicios de sesión en curso y cursores de listas',
  'Signed from {start} until {end}, and is kept to verify.':
    'Firmó desde el {start} hasta el {end} y se conserva para verificar.',
  'Signed from {start} until {end}, verifies until {verifies}.':
    'Firmó desde el {start} hasta el {end}, verifica hasta el {verifies}.',
  'Signed from {start}, and is kept to verify.': 'Firmó a partir del {start} y se conserva para verificar.',
  'Signed from {start}, verifies until {verifies}.':
    'Firmó a partir del {start}, verifica hasta el {verifies}.',
  'Signs in as': 'Inicia sesión como',
  'Signs since {start}, until {end}.': 'Firma desde el {start}, hasta el {end}.',
  'Signs since {start}.': 'Firma desde el {start}.',
  Signs: 'Firma',
  'TLS from the beginning': 'TLS desde el principio',
  Test: 'Prueba',
  'The SMTP server. One in your own network must be listed in CHANCERY_OUTBOUND_ALLOW.':
    'El servidor SMTP. Si está en tu propia red, debe figurar en CHANCERY_OUTBOUND_ALLOW.',
  'The answer:': 'La respuesta:',
  'The audit trail': 'El registro de auditoría',
  'The brand was saved. Pages have it within a second.':
    'La marca se ha guardado. Las páginas la tienen en un segundo.',
  'The certificate of the mail server is not valid': 'El certificado del servidor de correo no es válido',
  'The certificate was deleted.': 'El certificado se ha eliminado.',
  'The certificate was uploaded.': 'El certificado se ha subido.',
  'The directory that uses it is refused from now on. People that it created stay.':
    'El directorio que lo usa se rechaza a partir de ahora. Las personas que creó permanecen.',
  'The mail server could not be reached': 'No se pudo contactar con el servidor de correo',
  'The mail server did not take the message': 'El servidor de correo no aceptó el mensaje',
  'The mail server does not have this encryption here': 'El servidor de correo no ofrece aquí este cifrado',
  'The mail server refused the message': 'El servidor de correo rechazó el mensaje',
  'The mail server refused the sender': 'El servidor de correo rechazó el remitente',
  'The mail server refused the sign-in': 'El servidor de correo rechazó el inicio de sesión',
  'The mail server refused your address': 'El servidor de correo rechazó tu dirección',
  'The mail server took the message': 'El servidor de correo aceptó el mensaje',
  'The mail server was not found': 'No se encontró el servidor de correo',
  'The mail server was removed.': 'El servidor de correo se ha quitado.',
  'The mail server was saved. Send yourself a test message.':
    'El servidor de correo se ha guardado. Envíate un mensaje de prueba.',
  'The master key is not in it. Keep a copy of the directory `keys/` apart: without it the backup is worth nothing.':
    'La clave maestra no está incluida. Guarda aparte una copia del directorio `keys/`: sin ella, la copia de seguridad no sirve de nada.',
  'The next key signs from now on. What earlier keys signed is valid until it expires.':
    'La clave siguiente firma a partir de ahora. Lo que firmaron las claves anteriores vale hasta que caduca.',
  'The next key signs now.': 'La clave siguiente ya firma.',
  'The oldest since': 'El más antiguo desde',
  'The sender': 'El remitente',
  'The settings were saved.': 'Los ajustes se han guardado.',
  'The sign-in page as it would be. Nothing is saved yet.':
    'La página de inicio de sesión tal como quedaría. Aún no se ha guardado nada.',
  'The sign-in page as people see it now.': 'La página de inicio de sesión tal como se ve ahora.',
  'The token was revoked.': 'El token se ha revocado.',
  'The trail is kept here alone.': 'El registro solo se conserva aquí.',
  'This mail server may not be used': 'Este servidor de correo no se puede usar',
  'To {address}.': 'A {address}.',
  'Tokens for other services': 'Tokens para otros servicios',
  'Trusted browsers are enough for members of these groups, too':
    'Los navegadores de confianza también bastan para los miembros de estos grupos',
  'Up to 90. There they sign in without their second factor. 0: never. Lowering it ends older trust.':
    'Hasta 90. En ellos inician sesión sin el segundo factor. 0: nunca. Un valor menor pone fin a la confianza más antigua.',
  'Upload a certificate': 'Subir un certificado',
  Upload: 'Subir',
  Uploaded: 'Subido',
  'Used for': 'Uso',
  'User name. Make a person for the directory, with a policy that allows no more than it needs.':
    'Nombre de usuario. Crea una persona para el directorio, con una política que no permita más de lo necesario.',
  'Waiting to be sent': 'Pendiente de envío',
  'What it is for': 'Para qué sirve',
  'What was saved here before is stored too, and counts again when the file has no mail.':
    'Lo que se guardó aquí antes también se conserva, y vuelve a valer cuando el archivo no define el correo.',
  'When a key has leaked': 'Si se ha filtrado una clave',
  'Where mail servers report what they could not deliver. Empty: to the address of the sender.':
    'Adonde los servidores de correo avisan de lo que no pudieron entregar. Vacío: a la dirección del remitente.',
  'Whether it arrives is up to the servers after it.': 'Que llegue depende de los servidores siguientes.',
  'Who may create an account by themselves': 'Quién puede crear una cuenta por su cuenta',
  'Whoever sets it needs chancery:AddGroupMember for it.':
    'Quien lo establece necesita chancery:AddGroupMember para él.',
  'Will sign': 'Firmará',
  'With STARTTLS and TLS nothing is sent without a valid certificate of the host.':
    'Con STARTTLS y TLS no se envía nada sin un certificado válido del host.',
  'With a user. It is encrypted in the store, and never shown.':
    'Con un usuario. Se guarda cifrada y nunca se muestra.',
  'With an e-mail address that they confirm; the server must have mail.':
    'Con una dirección de correo que confirman; el servidor debe tener correo.',
  'Without one, the logo stands on a white ground there.':
    'Sin él, el logotipo aparece allí sobre fondo blanco.',
  'edges of buttons': 'bordes de los botones',
  links: 'enlaces',
  'rotates on {date}': 'rota el {date}',
  'text on buttons': 'texto de los botones',
  'the token': 'el token',
  'what was before {date}': 'lo anterior al {date}',
  '{colour} on {ground}': '{colour} sobre {ground}',
  '{width} × {height} pixels, {bytes} bytes': '{width} × {height} píxeles, {bytes} bytes',
} as const
