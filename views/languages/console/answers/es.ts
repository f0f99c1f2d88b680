// Answers of operations and of the policy engine in Spanish. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Tu inicio de sesión es demasiado antiguo para esto. Vuelve a iniciar sesión en otra pestaña y envía otra vez este formulario. No se ha perdido nada.',
  'There is nothing at this address.': 'No hay nada en esta dirección.',
  'You may not do {action}: {decision}.': 'No tienes permiso para {action}: {decision}.',
  'denied because {layer} does not allow it': 'denegado porque {layer} no lo permite',
  'is required': 'es obligatorio',
  'must not be empty': 'no puede estar vacío',
  'must be at least {least}': 'debe ser como mínimo {least}',
  'must be at most {most}': 'debe ser como máximo {most}',
  'must have at least one character': 'debe tener al menos un carácter',
  'must have at least {least} characters': 'debe tener al menos {least} caracteres',
  'must have at most {most} characters': 'debe tener como máximo {most} caracteres',
  'must have at least one item': 'debe tener al menos un elemento',
  'must have at least {least} items': 'debe tener al menos {least} elementos',
  'must have at most one item': 'debe tener como máximo un elemento',
  'must have at most {most} items': 'debe tener como máximo {most} elementos',
  'must be one of {values}': 'debe ser uno de estos valores: {values}',
  'must be a whole number': 'debe ser un número entero',
  'must be a number': 'debe ser un número',
  'must be true or false': 'debe ser true o false',
  'must be a string': 'debe ser un texto',
  'must be an array': 'debe ser una lista',
  'must be an object': 'debe ser un objeto JSON',
  'must be a record': 'debe ser un objeto JSON',
  'must be an e-mail address': 'debe ser una dirección de correo',
  'must be an instant as in RFC 3339': 'debe ser un instante en el formato de RFC 3339',
  'must be a URL': 'debe ser una URL',
  'must be of the documented form': 'no tiene la forma documentada',
  'must be a host name or an address': 'debe ser un nombre de host o una dirección',
  'must be one line without control characters': 'debe ser una sola línea sin caracteres de control',
  'must name groups that you may read (chancery:GetGroup): there is none of the name `{name}`':
    'no nombra ningún grupo que puedas leer (chancery:GetGroup): `{name}`',
  'must name groups that exist: there is no group `{name}` in this account':
    'nombra un grupo que no existe en esta cuenta: `{name}`',
  'is refused: {why}': 'rechazado: {why}',
  'Somebody changed it since this form was opened: open it anew, then make your change again.':
    'Entretanto hubo otro cambio. Vuelve a cargar la página y repite el cambio.',
  'Wrong password': 'Contraseña incorrecta',
  'Unknown name': 'Nombre desconocido',
  Disabled: 'Desactivado',
  'Password expired': 'Contraseña caducada',
  'Replaced or disabled meanwhile': 'Reemplazado o desactivado entretanto',
  'Wrong code': 'Código incorrecto',
  'Gone or disabled': 'Eliminado o desactivado',
  'Internal error': 'Error interno',
  'No reason': 'Sin motivo',
  Unauthenticated: 'Sin autenticar',
  'Missing credentials': 'Faltan credenciales',
  'Incomplete signature': 'Firma incompleta',
  'Bad signature': 'Firma incorrecta',
  'Request expired': 'Solicitud caducada',
  'Expired token': 'Token caducado',
  Throttled: 'Demasiadas solicitudes',
  'Insufficient scope': 'Scope insuficiente',
  'Invalid scope': 'Scope no válido',
  'Invalid target': 'Destino no válido',
  'Invalid parameter': 'Parámetro no válido',
  'Malformed policy': 'Política mal formada',
  'Packed policy too large': 'Políticas demasiado grandes',
  'Too large': 'Demasiado grande',
  'Unsupported action': 'Acción no admitida',
  'Delete conflict': 'No se puede eliminar',
  'Limit exceeded': 'Límite superado',
  'Concurrent modification': 'Modificación simultánea',
  'Precondition failed': 'Modificado entretanto',
  Unmodifiable: 'No modificable',
  'Invalid authentication code': 'Código de autenticación no válido',
  'Password policy violation': 'La contraseña incumple las reglas',
  'Invalid identity token': 'Token de identidad no válido',
  'Idp rejected claim': 'Claim rechazado por el proveedor',
  'Idp communication error': 'Proveedor inaccesible',
  'Insufficient session lifetime': 'Duración de sesión insuficiente',
  'Session duration escalation': 'Duración superior a la de la sesión',
  'Feature enabled': 'Función ya activada',
  'Feature disabled': 'Función desactivada',
  'Token too large': 'Token demasiado grande',
  Unavailable: 'No disponible',
  'Invalid client': 'Cliente no válido',
  'Invalid grant': 'Concesión no válida',
  'Invalid request': 'Solicitud no válida',
  'Invalid token': 'Token no válido',
  'Unauthorized client': 'Cliente no autorizado',
  'Access denied': 'Acceso denegado',
  'Login required': 'Inicio de sesión necesario',
  'Consent required': 'Consentimiento necesario',
  'Interaction required': 'Interacción necesaria',
  'Server error': 'Error del servidor',
  'Temporarily unavailable': 'No disponible temporalmente',
  'Invalid redirect uri': 'URI de redirección no válida',
  'Unsupported grant type': 'Tipo de concesión no admitido',
  'The mail server refused ({what}).': 'El servidor de correo lo rechazó ({what}).',
  'The mail server could not be used ({what}).': 'No se pudo usar el servidor de correo ({what}).',
  'The mail server could not be used ({what}): {why}':
    'No se pudo usar el servidor de correo ({what}): {why}',
  'all that were made from sign-ins, tokens and access keys of this person':
    'todas las creadas con inicios de sesión, tokens y claves de acceso de esta persona',
  'all that were made from sign-ins and tokens of this person; access keys go on':
    'todas las creadas con inicios de sesión y tokens de esta persona; las claves de acceso siguen valiendo',
  'all that were made from tokens of this browser session':
    'todas las creadas con tokens de esta sesión de navegador',
  'all that were made from sign-ins or codes by these factors':
    'todas las creadas con inicios de sesión o códigos de estos factores',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because no {policy} allows the {verb} action.':
    '{who} no está autorizado a realizar {action} en {resource}: no hay {policy} que permita la acción {verb}.',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny in {policy}.':
    '{who} no está autorizado a realizar {action} en {resource}: denegación explícita en {policy}.',
  'identity-based policy': 'política basada en identidad',
  'permissions boundary': 'límite de permisos',
  'session policy': 'política de sesión',
  'resource-based policy': 'política basada en recursos',
  'service control policy': 'barrera de protección',
  'an identity-based policy': 'una política basada en identidad',
  'a permissions boundary': 'un límite de permisos',
  'a session policy': 'una política de sesión',
  'a resource-based policy': 'una política basada en recursos',
  'a service control policy': 'una barrera de protección',
  'The name `{name}` is taken.': 'El nombre `{name}` ya está en uso.',
  'There is no person `{name}` any more.': 'La persona `{name}` ya no existe.',
  'You cannot disable yourself: another administrator can.':
    'No puedes desactivarte; puede hacerlo otro administrador.',
  'You cannot delete yourself: another administrator can.':
    'No puedes eliminarte; puede hacerlo otro administrador.',
  'Your own factors are removed on your account page, or by another administrator.':
    'Tus propios factores se eliminan en la página de tu cuenta, o los elimina otro administrador.',
  '`mail` needs an e-mail address of the person.':
    'Para enviarlo por correo (`mail`), la persona necesita una dirección de correo.',
  'The Access Key with id {id} cannot be found.': 'No hay ninguna clave de acceso con el ID {id}.',
  'Cannot exceed quota for {quota}: {most}.': 'Cuota superada para {quota}: {most} como máximo.',
  'must be 1 to {most} of {characters}': 'debe tener de 1 a {most} de estos caracteres: {characters}',
  'must not be blank': 'no puede contener solo espacios',
  'is not a valid value of {name}': 'no es un valor válido de {name}',
  'must begin and end with /': 'debe empezar y terminar con /',
  'must have at most {most} characters before the @':
    'debe tener como máximo {most} caracteres antes de la @',
  'There is no `{name}` any more.': '`{name}` ya no existe.',
  'There is no person `{name}` in account {account}.':
    'No hay ninguna persona `{name}` en la cuenta {account}.',
  'There is no group `{name}` in account {account}.': 'No hay ningún grupo `{name}` en la cuenta {account}.',
  'must name somebody': 'debe nombrar a alguien',
  'must have at most {most} lines; these are {count}': 'debe tener como máximo {most} líneas; hay {count}',
  'is required for an invitation': 'es obligatorio para una invitación',
  'is another for the person who has this name': 'es distinto en la persona que tiene este nombre',
  'must be an absolute URL': 'debe ser una URL absoluta',
  'must not hold spaces, backslashes or wildcards':
    'no puede contener espacios, barras invertidas ni comodines',
  'must not name a user': 'no puede contener un nombre de usuario',
  'must not have a fragment': 'no puede tener fragmento',
  'must not use `{scheme}`': 'no puede usar `{scheme}`',
  'must be https unless it is loopback (or `allow_insecure_redirects` is set)':
    'debe ser https, salvo en el propio equipo (o con `allow_insecure_redirects`)',
  'must be https, loopback http, or for native clients a scheme such as `com.example.app:`':
    'debe ser https, http en el propio equipo o, para clientes nativos, un esquema como `com.example.app:`',
  'must be an https URL': 'debe ser una URL https',
  'are needed: sign-ins return to one of them': 'son necesarias: el inicio de sesión vuelve a una de ellas',
  'are needed with “Members of groups”': 'son necesarios con «Miembros de grupos»',
  'are of use only with “Members of groups”: choose that, or leave this empty':
    'solo tienen efecto con «Miembros de grupos»: elige esa opción o deja este campo vacío',
  'must have more than dots': 'no puede constar solo de puntos',
  'must not have the form of a unique id of users and roles':
    'no puede tener la forma de un identificador único de usuarios y roles',
  'are needed for authorization_code': 'son necesarias para authorization_code',
  'are needed for `access: groups`, and of use with it alone':
    'son necesarios para `access: groups` y solo sirven con esa opción',
  'is set by the client itself, which registered it': 'lo fija el propio cliente, que se registró',
  'The client id `{id}` is taken.': 'El ID de cliente `{id}` ya está en uso.',
  'There is no client `{id}` any more.': 'El cliente `{id}` ya no existe.',
  'The client has no secret `{id}`.': 'El cliente no tiene ningún secreto `{id}`.',
  'A client has at most {count} secrets: remove one first.':
    'Un cliente tiene como máximo {count} secretos: elimina uno primero.',
  'This is its only secret: add another one first.': 'Es su único secreto: añade otro primero.',
  'This client is in the configuration file: change it there.':
    'Este cliente está en el archivo de configuración: cámbialo allí.',
  'A registered client renews its secret itself (RFC 7592).':
    'Un cliente registrado renueva él mismo su secreto (RFC 7592).',
  'This client does not authenticate with a secret.': 'Este cliente no se autentica con un secreto.',
  'There is no such app.': 'Esta aplicación no existe.',
  'There is no refused sign-in of this app in that entry.':
    'Esa entrada no es un inicio de sesión denegado de esta aplicación.',
  'There is no such user, or the user is disabled.': 'Esta persona no existe o está desactivada.',
  'There is no client `{id}` in account {account}.': 'No hay ningún cliente `{id}` en la cuenta {account}.',
  'scope {scope}': 'scope {scope}',
  'from {attribute}': 'tomado de {attribute}',
  'template {template}': 'plantilla {template}',
  constant: 'valor fijo',
  'an example': 'un ejemplo',
  'Mail is not configured.': 'El correo no está configurado.',
  '{count} test messages were sent in the last hour.':
    'En la última hora se enviaron {count} mensajes de prueba.',
  'The message goes to your own e-mail address, and you have none: add it to your profile, or give one with `to`.':
    'El mensaje va a tu propia dirección de correo, y no tienes ninguna: añádela a tu perfil o indica una con `to`.',
  '`{address}` is not an e-mail address.': '`{address}` no es una dirección de correo.',
  'Mail is set in the configuration file: change it there, or remove `mail:` from it and reload, to set it here.':
    'El correo está definido en el archivo de configuración: cámbialo allí, o quita `mail:` de él y vuelve a cargarlo para definirlo aquí.',
  'Check the spelling of the host: this server finds no address of that name.':
    'Revisa cómo está escrito el host: este servidor no encuentra ninguna dirección con ese nombre.',
  'Name a host with a public address and encryption, or have the operator list the host in CHANCERY_OUTBOUND_ALLOW.':
    'Indica un host con dirección pública y cifrado, o pide al operador que lo añada a CHANCERY_OUTBOUND_ALLOW.',
  'Check host and port, and that a firewall lets this server connect there: 587 is usual for STARTTLS, 465 for TLS.':
    'Revisa el host y el puerto, y que el cortafuegos permita a este servidor conectarse: lo habitual es 587 para STARTTLS y 465 para TLS.',
  'Name the host by the name that is in its certificate, or have the operator trust its authority with NODE_EXTRA_CA_CERTS.':
    'Indica el host con el nombre que aparece en su certificado, o pide al operador que confíe en su autoridad con NODE_EXTRA_CA_CERTS.',
  'Choose the encryption that this port has: usually STARTTLS on 587, TLS on 465, none on 25.':
    'Elige el cifrado que tiene este puerto: normalmente STARTTLS en 587, TLS en 465 y ninguno en 25.',
  'Check user and password: many services want a password made for applications, or the whole address as the user.':
    'Revisa el usuario y la contraseña: muchos servicios piden una contraseña de aplicación, o la dirección completa como usuario.',
  'Use a sender (`from`, and the address for bounces) that this server may send from.':
    'Usa un remitente (`from`, y la dirección de los rebotes) desde el que este servidor pueda enviar.',
  'The server takes no mail for this address: try another one, and check that it may relay mail.':
    'El servidor no acepta correo para esta dirección: prueba con otra y comprueba que pueda retransmitir correo.',
  'The server did not take the message itself: its answer says why.':
    'El servidor no aceptó el mensaje en sí: su respuesta dice por qué.',
  'Compare the settings with what the mail service asks for.':
    'Compara los ajustes con lo que pide el servicio de correo.',
  'the mail server could not be used ({what}): {why}':
    'no se pudo usar el servidor de correo ({what}): {why}',
  'the mail server could not be used ({what})': 'no se pudo usar el servidor de correo ({what})',
  'the mail server refused ({what})': 'el servidor de correo lo rechazó ({what})',
  'no result within {seconds} s': 'sin resultado en {seconds} s',
  'must be `address@host` or `Name <address@host>`':
    'debe tener la forma `address@host` o `Name <address@host>`',
  'must be given again when host, port or user change, or the encryption is given up: it is sent only where it was set for':
    'hay que indicarla de nuevo si cambian el host, el puerto o el usuario, o si se renuncia al cifrado: solo se envía a donde se definió',
  'user and password must be set together': 'el usuario y la contraseña deben indicarse juntos',
  'a password would be sent unencrypted: use starttls or tls':
    'se enviaría una contraseña sin cifrar: usa starttls o tls',
  'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW':
    'debe tener direcciones públicas o figurar en CHANCERY_OUTBOUND_ALLOW',
  'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW':
    'solo puede ser `none` para los hosts de CHANCERY_OUTBOUND_ALLOW',
  'must be a domain in lower case': 'debe ser un dominio en minúsculas',
  'must be a colour such as #0b6bcb': 'debe ser un color como #0b6bcb',
  'has a contrast of {ratio} with its text, and 4.5:1 is needed: the nearest colour that has it is {colour}':
    'tiene un contraste de {ratio} con su texto, y se necesita 4.5:1: el color más cercano que lo tiene es {colour}',
  'must not contain line breaks, control characters or characters that change the direction of text':
    'no puede contener saltos de línea, caracteres de control ni caracteres que cambien la dirección del texto',
  'has {count} characters: at most {most} are accepted':
    'tiene {count} caracteres: se aceptan como máximo {most}',
  'must contain a letter, a number or a symbol': 'debe contener una letra, un número o un símbolo',
  'must not contain invisible characters beside none that they join':
    'no puede contener caracteres invisibles que no unan nada',
  'has more than three marks on one letter': 'tiene más de tres marcas en una letra',
  'has {bytes} bytes: at most {most} are accepted': 'tiene {bytes} bytes: se aceptan como máximo {most}',
  'is SVG, which may hold scripts: convert it to PNG or WebP':
    'es SVG, que puede contener scripts: conviértelo a PNG o WebP',
  'must be a PNG, JPEG or WebP image': 'debe ser una imagen PNG, JPEG o WebP',
  'is {width} × {height} pixels: at most {mostWidth} × {mostHeight} are accepted':
    'tiene {width} × {height} píxeles: se aceptan como máximo {mostWidth} × {mostHeight}',
  'is {width} × {height} pixels: at least {leastWidth} × {leastHeight} are needed':
    'tiene {width} × {height} píxeles: se necesitan al menos {leastWidth} × {leastHeight}',
  'is not a valid {format} image': 'no es una imagen {format} válida',
  'is not a JPEG image that browsers draw': 'no es una imagen JPEG que los navegadores muestren',
  'has something behind the image': 'tiene algo después de la imagen',
  'holds no picture': 'no contiene ninguna imagen',
  'is cut off': 'está cortado',
  'must not be animated': 'no puede ser animado',
  'is damaged: a checksum is wrong': 'está dañado: una suma de comprobación no coincide',
  'is damaged or cut off': 'está dañado o cortado',
  'holds more than its width and height say': 'contiene más de lo que indican su ancho y su alto',
  'This preview was changed in another window or is over: look at it again.':
    'Esta vista previa se cambió en otra ventana o ha caducado: vuelve a revisarla.',
  'The next key was published too recently: it can sign from {time} on, when every verifier knows it.':
    'La clave siguiente se publicó hace muy poco: podrá firmar a partir de {time}, cuando todos los verificadores la conozcan.',
  'The keys of use `{use}` are not replaced: {why}.': 'Las claves de uso `{use}` no se sustituyen: {why}.',
  'every ID token, access token and role session that was issued until now; services learn it within seconds':
    'todos los tokens de identidad, tokens de acceso y sesiones de rol emitidos hasta ahora; los servicios lo saben en segundos',
  'every role session that was issued until now: its secret access key is no longer accepted':
    'todas las sesiones de rol emitidas hasta ahora: su clave de acceso secreta deja de aceptarse',
  'sign-ins in progress at an identity provider, and cursors of lists':
    'los inicios de sesión en curso en un proveedor de identidad y los cursores de listas',
  'every browser session: everybody signs in again':
    'todas las sesiones de navegador: todos deben volver a iniciar sesión',
  'nothing: audit keys are never removed, because the trail is verified with them':
    'nada: las claves de auditoría nunca se eliminan, porque con ellas se verifica el registro',
  'every token that was issued for other services (GetWebIdentityToken)':
    'todos los tokens emitidos para otros servicios (GetWebIdentityToken)',
  "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.":
    'El certificado ha caducado.',
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: {index}':
    'La cadena de certificados debe empezar por el del emisor directo, seguido de los demás en orden. Posición del certificado no válido: {index}',
  'The private key did not match the public key provided. Please verify the key material and try again.':
    'la clave privada debe ser la del certificado',
  'the private key must be an unencrypted private key in PEM':
    'la clave privada debe ser una clave en PEM sin cifrar',
  'Unable to parse certificate. Please ensure the certificate is in PEM format.':
    'el certificado debe ser un único certificado X.509 en PEM',
  'the certificate chain must be PEM certificates and nothing else':
    'la cadena de certificados solo puede tener certificados en PEM',
  'The Server Certificate with name {name} already exists.':
    'Ya existe un certificado de servidor con el nombre {name}.',
  'The Server Certificate with name {name} cannot be found.':
    'No se encuentra ningún certificado de servidor con el nombre {name}.',
  'the host `{host}` was not found': 'no se encontró el host `{host}`',
  '`{host}` did not answer in time': '`{host}` no respondió a tiempo',
  '`{host}` could not be reached: {why}': 'no se pudo contactar con `{host}`: {why}',
  '`{host}` does not resolve: {why}': '`{host}` no tiene dirección: {why}',
  '`{host}` would be reached without encryption, and is not in CHANCERY_OUTBOUND_ALLOW':
    'se contactaría con `{host}` sin cifrado, y no figura en CHANCERY_OUTBOUND_ALLOW',
  '`{host}` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` tiene una dirección que no es pública, y no figura en CHANCERY_OUTBOUND_ALLOW',
  Workflow: 'Workflow',
  'Job in .gitlab-ci.yml': 'Trabajo en .gitlab-ci.yml',
  'Job in .circleci/config.yml': 'Trabajo en .circleci/config.yml',
  'Step of the pipeline': 'Paso del pipeline',
  Pod: 'Pod',
  'Commands on the machine': 'Comandos en la máquina',
  'Commands beside the SPIRE agent': 'Comandos junto al agente de SPIRE',
  'GitLab CI, GitLab.com and self-managed': 'GitLab CI, GitLab.com y autogestionado',
  'Kubernetes service accounts': 'Cuentas de servicio de Kubernetes',
  'Google service accounts and metadata identity tokens':
    'Cuentas de servicio de Google y tokens de identidad de metadatos',
  'Microsoft Entra managed identities and applications (v2.0 tokens)':
    'Identidades administradas y aplicaciones de Microsoft Entra (tokens v2.0)',
  'https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'https://token.actions.githubusercontent.com, seguido de /ENTERPRISE si se eligió así, o https://HOST/_services/token de un Enterprise Server',
  'https://gitlab.com, or the URL of your GitLab': 'https://gitlab.com o la URL de tu GitLab',
  'the cluster’s --service-account-issuer': 'el --service-account-issuer del clúster',
  'spiffe:// and the trust domain, or what SPIRE’s jwt_issuer says':
    'spiffe:// y el dominio de confianza, o el valor de jwt_issuer de SPIRE',
  '`spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    '`spiffe://` y el dominio de confianza, o el valor de `jwt_issuer` de SPIRE',
  Owner: 'Propietario',
  Repository: 'Repositorio',
  'Owner id': 'Número del propietario',
  'Repository id': 'Número del repositorio',
  Branch: 'Rama',
  Tag: 'Etiqueta',
  Environment: 'Entorno',
  'Issuer URL': 'URL del emisor',
  Project: 'Proyecto',
  'Project id': 'Número del proyecto',
  'Organization id': 'ID de la organización',
  Organization: 'Organización',
  Pipeline: 'Pipeline',
  Namespace: 'Namespace',
  'Service account': 'Cuenta de servicio',
  'Service account uid': 'UID de la cuenta de servicio',
  'Unique id': 'ID único',
  Email: 'Correo electrónico',
  'Tenant id': 'ID de inquilino',
  'Object id': 'ID de objeto',
  'Client id': 'ID de cliente',
  'Trust domain': 'Dominio de confianza',
  Path: 'Ruta',
  'User or organization.': 'Usuario u organización.',
  'Its name without the owner.': 'Su nombre sin el propietario.',
  'The owner’s number, in tokens of repositories made or renamed since July 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.':
    'El número del propietario, en los tokens de repositorios creados o renombrados desde julio de 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.',
  'The repository’s number, given together with that of the owner: `gh api repos/OWNER/REPOSITORY --jq .id`.':
    'El número del repositorio, junto con el del propietario: `gh api repos/OWNER/REPOSITORY --jq .id`.',
  'Jobs on this branch.': 'Trabajos en esta rama.',
  'Jobs on this tag.': 'Trabajos en esta etiqueta.',
  'Jobs of this deployment environment.': 'Trabajos de este entorno de despliegue.',
  'The issuer of an enterprise or an Enterprise Server.':
    'El emisor de una empresa o de un Enterprise Server.',
  'GROUP/PROJECT.': 'GROUP/PROJECT.',
  'Its number, which stays when it is renamed.': 'Su número, que se mantiene si se renombra.',
  'Jobs on this protected branch.': 'Trabajos en esta rama protegida.',
  'Jobs on this protected tag.': 'Trabajos en esta etiqueta protegida.',
  'The URL of your GitLab.': 'La URL de tu GitLab.',
  'Its slug.': 'Su slug.',
  'Builds of this branch.': 'Compilaciones de esta rama.',
  'The issuer, `kubectl get --raw /.well-known/openid-configuration`.':
    'El emisor, `kubectl get --raw /.well-known/openid-configuration`.',
  'Of the service account.': 'De la cuenta de servicio.',
  'Its name.': 'Su nombre.',
  'Its uid, which does not come back when it is made again.':
    'Su UID, que no se repite si se vuelve a crear.',
  'Its address as well, NAME@PROJECT.iam.gserviceaccount.com.':
    'También su dirección, NAME@PROJECT.iam.gserviceaccount.com.',
  'Directory (tenant) id.': 'ID de directorio (inquilino).',
  'Of the managed identity or service principal.':
    'De la identidad administrada o de la entidad de servicio.',
  'Application (client) id of the app registration that tokens are asked for.':
    'ID de aplicación (cliente) del registro para el que se piden los tokens.',
  'Application (client) id of the identity itself, the `azp` of its tokens.':
    'ID de aplicación (cliente) de la propia identidad, el `azp` de sus tokens.',
  'The issuer: `spiffe://` and the trust domain, or `jwt_issuer` of the SPIRE server.':
    'El emisor: `spiffe://` y el dominio de confianza, o `jwt_issuer` del servidor SPIRE.',
  'Without spiffe://.': 'Sin spiffe://.',
  'Of the workload, such as ns/web/sa/api.': 'De la carga de trabajo, por ejemplo ns/web/sa/api.',
  'must be 1 to 64 of `A-Z a-z 0-9 + = , . @ _ -`':
    'debe tener de 1 a 64 de estos caracteres: `A-Z a-z 0-9 + = , . @ _ -`',
  'must not hold quotes, `$` or wildcards': 'no puede contener comillas, `$` ni comodines',
  'must not hold a colon': 'no puede contener dos puntos',
  'must be the name of a person or role, with its path if it has one':
    'debe ser el nombre de una persona o de un rol, con su ruta si la tiene',
  'Give exactly one of branch, tag, environment.': 'Indica exactamente uno: rama, etiqueta o entorno.',
  'Give exactly one of branch, tag.': 'Indica exactamente uno: rama o etiqueta.',
  'Owner id and repository id must be given together.':
    'Los números del propietario y del repositorio deben indicarse juntos.',
  'Choose where the workload runs.': 'Elige dónde se ejecuta la carga de trabajo.',
  'Role with name {name} already exists.': 'Ya existe un rol con el nombre {name}.',
  'The role with name {name} cannot be found.': 'No se encuentra el rol {name}.',
  'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-.':
    'El nombre del rol no es válido. Solo se admiten letras, números y +=,.@_-',
  'Cannot delete entity, must detach all policies first.':
    'No se puede eliminar: separa antes todas las políticas.',
  'Cannot delete entity, must delete policies first.':
    'No se puede eliminar: elimina antes las políticas insertadas.',
  'Cannot delete entity, must remove roles from instance profile first.':
    'No se puede eliminar: quita antes el rol del perfil de instancia.',
  'The trust policy of a role for the shared identity provider {issuer} must test {keys} by StringEquals, StringLike or StringEqualsIgnoreCase, with a value that is not only wildcards.':
    'La política de confianza de un rol para el proveedor compartido {issuer} debe comprobar {keys} con StringEquals, StringLike o StringEqualsIgnoreCase, con un valor que no sea solo comodines.',
  'Invalid principal in policy: "AWS":"{principal}".':
    'Entidad principal no válida en la política: "AWS":"{principal}".',
  'a JWT of {issuer}, {algorithm}': 'un JWT de {issuer}, {algorithm}',
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)':
    'El token no es un JWT válido. (Este error también aparece con un token de acceso)',
  'account {account} has no provider `{issuer}`; its URL must be exactly this text':
    'la cuenta {account} no tiene ningún proveedor `{issuer}`; su URL debe ser exactamente este texto',
  'registered as {arn}': 'registrado como {arn}',
  'the subject is `{subject}`': 'el sujeto es `{subject}`',
  'the token is bound to a key, so it is not a bearer token':
    'el token está vinculado a una clave, así que no es un token al portador',
  'Missing a required claim: {claim}: it is undefined; the provider accepts {accepted}':
    'Falta un claim obligatorio: {claim}; el proveedor acepta {accepted}',
  'Missing a required claim: {claim}': 'Falta un claim obligatorio: {claim}',
  'it expires in {seconds} s': 'caduca en {seconds} s',
  'Token expired: current date/time {now} must be before the expiration date/time {end}':
    'Token caducado: la hora actual {now} debe ser anterior a la caducidad {end}',
  'the token was issued in the future': 'el token se emitió en el futuro',
  'the token is not valid yet': 'el token aún no es válido',
  'the token expires before it was issued': 'el token caduca antes de su emisión',
  'the token lives too long': 'el token dura demasiado',
  '`{claim}` is not a time': '`{claim}` no es una fecha',
  '`aud` is not a string or a list of strings: it is {seen}; the provider accepts {accepted}':
    '`aud` no es una cadena ni una lista de cadenas: {seen}; el proveedor acepta {accepted}',
  'Incorrect token audience: a token with several `aud` must have an `azp`: it is {seen}; the provider accepts {accepted}':
    'Audiencia del token incorrecta: un token con varios `aud` debe tener `azp`; es {seen} y el proveedor acepta {accepted}',
  'Incorrect token audience: `azp` is {seen}; the provider accepts {accepted}':
    'Audiencia del token incorrecta: `azp` es {seen}; el proveedor acepta {accepted}',
  'Incorrect token audience: it is {seen}; the provider accepts {accepted}':
    'Audiencia del token incorrecta: es {seen}; el proveedor acepta {accepted}',
  "`{audience}` is one of the provider's": '`{audience}` es una de las del proveedor',
  'by a key of the issuer (discovery)': 'con una clave del emisor (descubrimiento)',
  'by a key of the issuer (url)': 'con una clave del emisor (desde una URL)',
  'by a key of the issuer (upload)': 'con una clave del emisor (subida)',
  'the token is not signed by a key of its issuer': 'el token no está firmado con una clave de su emisor',
  '`sub` is not a SPIFFE ID': '`sub` no es un SPIFFE ID',
  '`sub` is a SPIFFE ID of another trust domain': '`sub` es un SPIFFE ID de otro dominio de confianza',
  'the keys cannot be fetched: {why}': 'no se pueden obtener las claves: {why}',
  'this provider’s tokens may be used again': 'los tokens de este proveedor se pueden reutilizar',
  'not used before': 'no se ha usado antes',
  'the token was used before': 'el token ya se usó',
  'arn:aws:iam::{role} trusts it': 'arn:aws:iam::{role} confía en él',
  'arn:aws:iam::{provider} is disabled': 'arn:aws:iam::{provider} está desactivado',
  'the claim `{claim}` is not acceptable: {why}': 'el claim `{claim}` no es aceptable: {why}',
  'The claim `{claim}` of the token does not name this role':
    'El claim `{claim}` del token no nombra este rol',
  'the claims of this issuer would read as condition keys of AWS':
    'los claims de este emisor se leerían como claves de condición de AWS',
  'two claims of the token read as `{key}`': 'dos claims del token dan `{key}`',
  'the token has more than {count} claims': 'el token tiene más de {count} claims',
  '{action}: the conditions of the trust policy do not hold: {conditions}':
    '{action}: no se cumplen las condiciones de la política de confianza: {conditions}',
  '{action}: no statement of the trust policy is for this principal and action':
    '{action}: ninguna declaración de la política de confianza es para esta entidad principal y acción',
  '{action}: {statements} of the trust policy denies it':
    '{action}: {statements} de la política de confianza lo deniega',
  'must be https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'debe ser https://token.actions.githubusercontent.com, seguido de /ENTERPRISE si se eligió así, o https://HOST/_services/token de un Enterprise Server',
  'must be https://gitlab.com, or the URL of your GitLab':
    'debe ser https://gitlab.com o la URL de tu GitLab',
  'must be the cluster’s service account issuer': 'debe ser el emisor de cuentas de servicio del clúster',
  'must be `spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    'debe ser `spiffe://` y el dominio de confianza, o el valor de `jwt_issuer` de SPIRE',
  'Url must be https://{address}.': 'La URL del emisor debe ser https://{address}.',
  'An action has the form `service:Action`, without wildcards.':
    'Una acción tiene la forma `service:Action`, sin comodines.',
  'A resource has no more than 2048 characters.': 'Un recurso tiene como máximo 2048 caracteres.',
  '`{line}` is not a condition key: write key=value, for instance {example}.':
    '`{line}` no es una clave de condición: escribe clave=valor, por ejemplo {example}.',
  'Name a policy.': 'Indica una política.',
  'Choose a person, a group or a role.': 'Elige una persona, un grupo o un rol.',
  'Choose whether to attach or to detach.': 'Elige si adjuntar o separar.',
  'The user with name {name} cannot be found.': 'No existe la persona {name}.',
  'The group with name {name} cannot be found.': 'No existe el grupo {name}.',
  'Policy {arn} was not found.': 'No existe la política {arn}.',
  'Policy {arn} does not exist or is not attachable.': 'La política {arn} no existe o no se puede adjuntar.',
  'A policy called {name} already exists. Duplicate names are not allowed.':
    'Ya existe una política llamada {name}. No se permiten nombres duplicados.',
  'Cannot delete a policy attached to entities.': 'No se puede eliminar una política que está adjunta.',
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.":
    'Esta política tiene varias versiones. Elimina antes las demás; la predeterminada se elimina con la política.',
  'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.':
    'Una política administrada puede tener hasta 5 versiones. Elimina una antes de crear otra.',
  'Cannot perform the operation on an AWS managed policy.':
    'No se puede realizar la operación en una política integrada.',
  'The person who asked no longer exists, or is disabled.':
    'La persona que hizo la solicitud ya no existe o está desactivada.',
  'The role that was asked for no longer exists.': 'El rol solicitado ya no existe.',
  'There is no access request `{id}`.': 'No hay ninguna solicitud de acceso `{id}`.',
  'The request is open: it was decided or withdrawn meanwhile.':
    'La solicitud está abierta: su estado ha cambiado entretanto.',
  'The request is approved: it was decided or withdrawn meanwhile.':
    'La solicitud está aprobada: ya se decidió entretanto.',
  'The request is refused: it was decided or withdrawn meanwhile.':
    'La solicitud está rechazada: ya se decidió entretanto.',
  'The request is withdrawn: it was decided or withdrawn meanwhile.':
    'La solicitud se ha retirado entretanto.',
  'The request is ended: it was decided or withdrawn meanwhile.': 'La solicitud ha terminado entretanto.',
  'Somebody else must approve your own request.': 'Otra persona debe aprobar tu propia solicitud.',
  'Nobody can ask for the role `{role}` any more: its tag `{tag}` was removed.':
    'El rol `{role}` ya no se puede solicitar: se quitó su etiqueta `{tag}`.',
  '`{field}` is empty': '`{field}` está vacío',
  '`{field}` has more than {most} characters': '`{field}` tiene más de {most} caracteres',
  '`{field}` has characters that cannot be shown': '`{field}` tiene caracteres que no se pueden mostrar',
  'access lasts 15 minutes to 30 days': 'el acceso dura de 15 minutos a 30 días',
  'Reads IAM. Created at the first start, to try AssumeRole with. You may delete it.':
    'Lee IAM. Se creó en el primer arranque para probar AssumeRole. Puedes eliminarlo.',
  'Provides full access to all services and resources.': 'Acceso completo a todos los servicios y recursos.',
  'Provides full access to database services and to what runs them.':
    'Acceso completo a los servicios de bases de datos y a lo que los ejecuta.',
  'Provides full access to create and change APIs.': 'Acceso completo para crear y cambiar API.',
  'Provides full access to call APIs.': 'Acceso completo para llamar a API.',
  'Provides full access to {what}.': 'Acceso completo: {what}.',
  'Provides read-only access to {what}.': 'Acceso de solo lectura: {what}.',
  'Provides read access to when services were last used.':
    'Acceso de lectura a cuándo se usaron por última vez los servicios.',
  'Provides read and write access to secrets.': 'Acceso de lectura y escritura a los secretos.',
  'Provides access to AWS KMS without deleting keys or changing who may use them.':
    'Acceso a AWS KMS sin eliminar claves ni cambiar quién puede usarlas.',
  'Provides access to services that analyse data.': 'Acceso a los servicios que analizan datos.',
  'Provides access to the services that applications and machines need, not to users and policies.':
    'Acceso a los servicios que necesitan aplicaciones y máquinas, no a usuarios ni políticas.',
  'Lets APIs write logs.': 'Permite que las API escriban registros.',
  'Lets AWS CodeDeploy replace machines and functions behind load balancers.':
    'Permite que AWS CodeDeploy sustituya máquinas y funciones detrás de balanceadores de carga.',
  'Lets AWS Config read the configuration of resources.':
    'Permite que AWS Config lea la configuración de los recursos.',
  'Lets AWS Glue run crawlers and jobs.': 'Permite que AWS Glue ejecute rastreadores y trabajos.',
  'Lets a Kubernetes control plane manage the resources of its cluster.':
    'Permite que un plano de control de Kubernetes administre los recursos de su clúster.',
  'Lets a daemon write traces.': 'Permite que un demonio escriba trazas.',
  'Lets a function read DynamoDB streams and write logs.':
    'Permite que una función lea flujos de DynamoDB y escriba registros.',
  'Lets a function read Kinesis streams and write logs.':
    'Permite que una función lea flujos de Kinesis y escriba registros.',
  'Lets a function receive messages of a queue and write logs.':
    'Permite que una función reciba mensajes de una cola y escriba registros.',
  'Lets a function run in a VPC and write logs.':
    'Permite que una función se ejecute en una VPC y escriba registros.',
  'Lets a function read the topics of a cluster of Amazon MSK and write logs.':
    'Permite que una función lea los temas de un clúster de Amazon MSK y escriba registros.',
  'Lets a service call functions.': 'Permite que un servicio llame a funciones.',
  'Lets Auto Scaling change how many tasks of Amazon ECS run.':
    'Permite que Auto Scaling cambie el número de tareas de Amazon ECS en ejecución.',
  'Lets events start tasks of Amazon ECS.': 'Permite que los eventos inicien tareas de Amazon ECS.',
  'Lets Spot Fleet start, tag and end machines.':
    'Permite que Spot Fleet inicie, etiquete y termine máquinas.',
  'Lets Amazon EMR start and end the machines of its clusters.':
    'Permite que Amazon EMR inicie y termine las máquinas de sus clústeres.',
  'Lets the machines of a cluster of Amazon EMR use the services that hold its data.':
    'Permite que las máquinas de un clúster de Amazon EMR usen los servicios que contienen sus datos.',
  'Lets AWS Control Tower set up and watch the accounts of an organization.':
    'Permite que AWS Control Tower configure y supervise las cuentas de una organización.',
  'Lets AWS Batch run jobs on machines and containers.':
    'Permite que AWS Batch ejecute trabajos en máquinas y contenedores.',
  'Lets AWS Backup make backups.': 'Permite que AWS Backup haga copias de seguridad.',
  'Lets AWS Backup restore backups.': 'Permite que AWS Backup restaure copias de seguridad.',
  'Lets snapshots of volumes be made and deleted by a schedule.':
    'Permite crear y eliminar instantáneas de volúmenes según una programación.',
  'Lets AWS CodeDeploy replace functions.': 'Permite que AWS CodeDeploy sustituya funciones.',
  'Lets migrations of databases manage the addresses of their machines.':
    'Permite que las migraciones de bases de datos gestionen las direcciones de sus máquinas.',
  'Lets migrations of databases write logs.':
    'Permite que las migraciones de bases de datos escriban registros.',
  'Lets a function write logs.': 'Permite que una función escriba registros.',
  'Lets a machine be managed by AWS Systems Manager.':
    'Permite que AWS Systems Manager administre una máquina.',
  'Lets a machine run tasks of Amazon ECS.': 'Permite que una máquina ejecute tareas de Amazon ECS.',
  'Lets a task pull its image and write logs.':
    'Permite que una tarea descargue su imagen y escriba registros.',
  'Lets auditors read the configuration of security: names and settings, no contents.':
    'Permite que los auditores lean la configuración de seguridad: nombres y ajustes, sin contenidos.',
  'Lets databases write their measurements to logs.':
    'Permite que las bases de datos escriban sus mediciones en registros.',
  'Lets nodes join a Kubernetes cluster.': 'Permite que los nodos se unan a un clúster de Kubernetes.',
  'Lets nodes manage the addresses of their network interfaces.':
    'Permite que los nodos administren las direcciones de sus interfaces de red.',
  'Lets people list what there is, without reading its contents.':
    'Permite listar lo que hay, sin leer su contenido.',
  'Lets people read and manage bills, budgets and payment.':
    'Permite leer y administrar facturas, presupuestos y pagos.',
  'Lets people work on support cases and look at what they concern.':
    'Permite trabajar en casos de soporte y ver a qué se refieren.',
  'Lets the agent on a machine write metrics and logs.':
    'Permite que el agente de una máquina escriba métricas y registros.',
  'Lets the storage driver of a Kubernetes cluster manage volumes.':
    'Permite que el controlador de almacenamiento de un clúster de Kubernetes administre volúmenes.',
  'Lets users manage their own SSH public keys.':
    'Permite que los usuarios administren sus propias claves públicas SSH.',
  'Lets users manage their own service-specific credentials.':
    'Permite que los usuarios administren sus propias credenciales específicas de un servicio.',
  'buckets and objects': 'buckets y objetos',
  'container registries': 'registros de contenedores',
  'load balancers': 'balanceadores de carga',
  'network services': 'servicios de red',
  'Provides full access to certificates.': 'Acceso completo a los certificados.',
  'Provides read-only access to certificates.': 'Acceso de solo lectura a los certificados.',
  'Provides full access to IAM: users, roles, policies, keys and providers.':
    'Acceso completo a IAM: usuarios, roles, políticas, claves y proveedores.',
  'Provides read only access to IAM.': 'Acceso de solo lectura a IAM.',
  'Provides the ability for an IAM user to change their own password.':
    'Permite que los usuarios cambien su propia contraseña.',
  'Provides full access to services and resources, but does not allow management of users and groups.':
    'Acceso completo a servicios y recursos, sin administrar usuarios ni grupos.',
  'Provides read-only access to services and resources.': 'Acceso de solo lectura a servicios y recursos.',
  keys: 'claves',
  'resolve, connect and TLS': 'resolución, conexión y TLS',
  'discovery document and its issuer': 'documento de descubrimiento y su emisor',
  'signature algorithms': 'algoritmos de firma',
  'client authentication': 'autenticación del cliente',
  'sign-out': 'cierre de sesión',
  'authorization endpoint': 'punto de conexión de autorización',
  'client authentication at the token endpoint':
    'autenticación del cliente en el punto de conexión de tokens',
  'userinfo endpoint': 'punto de conexión userinfo',
  'list of addresses': 'lista de direcciones',
  'fetch the metadata': 'obtener los metadatos',
  'read the metadata': 'leer los metadatos',
  'metadata is still valid': 'los metadatos siguen siendo válidos',
  'find the sign-in endpoint': 'encontrar el punto de conexión de inicio de sesión',
  'signing certificates are pinned': 'los certificados de firma están fijados',
  'resolve {host}': 'resolver {host}',
  'connect to {host}': 'conectar con {host}',
  'StartTLS with {host}': 'StartTLS con {host}',
  'TLS with {host}': 'TLS con {host}',
  'no bind at {host}': 'sin enlace en {host}',
  'bind at {host} as {name}': 'enlace en {host} como {name}',
  'read {name}={value}': 'leer {name}={value}',
  'read entryUUID': 'leer entryUUID',
  'read objectGUID': 'leer objectGUID',
  'search groups ({filter})': 'buscar grupos ({filter})',
  'search ({filter})': 'buscar ({filter})',
  'no discovery document': 'sin documento de descubrimiento',
  'not advertised': 'no anunciado',
  'not advertised; sent nevertheless': 'no anunciado; se envía de todos modos',
  'it offers {offered}; allowed are {allowed}': 'ofrece {offered}; permitidos: {allowed}',
  'it takes {methods} and not S256': 'acepta {methods} y no S256',
  'the keys: HTTP {status}': 'las claves: HTTP {status}',
  'no jwks_uri': 'sin jwks_uri',
  '{count} usable, from the configuration': '{count} utilizables, de la configuración',
  '{count} usable': '{count} utilizables',
  'it has no end_session_endpoint, which sign_out needs':
    'no tiene end_session_endpoint, que sign_out necesita',
  '{url}; it must know https://<your Chancery>/signed-out as post-logout redirect URI':
    '{url}; debe conocer https://<tu Chancery>/signed-out como URI de redirección tras el cierre de sesión',
  'HTTP {status} without a token; it should be 401': 'HTTP {status} sin token; debería ser 401',
  'HTTP {status} without a token': 'HTTP {status} sin token',
  'credentials accepted ({answer})': 'credenciales aceptadas ({answer})',
  'not certain: {answer}': 'no es seguro: {answer}',
  'credentials refused: {answer}': 'credenciales denegadas: {answer}',
  'credentials refused:': 'credenciales denegadas',
  'not signed, protected by https': 'sin firmar, protegidos por https',
  'its signature is valid': 'su firma es válida',
  'no expiry': 'sin caducidad',
  'it expired on {date}': 'caducaron el {date}',
  'no SingleSignOnService has the binding HTTP-Redirect':
    'ningún SingleSignOnService tiene el binding HTTP-Redirect',
  '{protocol}, certificate for {names}, until {end} ({days} days)':
    '{protocol}, certificado para {names}, hasta {end} ({days} días)',
  'there is no such entry': 'no existe esa entrada',
  'no user is found, or the service account may not read users':
    'no se encuentra ningún usuario, o la cuenta de servicio no puede leerlos',
  'in no group': 'en ningún grupo',
  '`{url}` is neither ldaps nor StartTLS, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` no es ldaps ni StartTLS, y no está en CHANCERY_OUTBOUND_ALLOW',
  '`{url}` is not https, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` no es https, y no está en CHANCERY_OUTBOUND_ALLOW',
  '`{host}` does not resolve': '`{host}` no se puede resolver',
  '`{host}` has no address': '`{host}` no tiene dirección',
  'a redirect without a location': 'una redirección sin destino',
  'a redirect': 'una redirección',
  'more than {count} redirects': 'más de {count} redirecciones',
  'not a URL': 'no es una URL',
  'the URL contains a user name': 'la URL contiene un nombre de usuario',
  'GET {url} failed: {why}': 'GET {url} falló: {why}',
  'POST {url} failed: {why}': 'POST {url} falló: {why}',
  'a body over {count} bytes': 'un cuerpo de más de {count} bytes',
  'too many requests wait for this host': 'demasiadas solicitudes esperan a este host',
  'left alone for a while after {count} failures in a row': 'en pausa un rato tras {count} fallos seguidos',
  '`{origin}` answered {status}': '`{origin}` respondió {status}',
  'The operation was aborted due to timeout': 'sin respuesta a tiempo',
  'no answer in time': 'sin respuesta a tiempo',
  'the connection was closed': 'se cerró la conexión',
  'socket hang up': 'se cerró la conexión',
  'connect ECONNREFUSED {address}': 'conexión rechazada (ECONNREFUSED {address})',
  'getaddrinfo ENOTFOUND {host}': 'host desconocido (ENOTFOUND {host})',
  'self-signed certificate in certificate chain': 'certificado autofirmado en la cadena de certificados',
  'self-signed certificate': 'certificado autofirmado',
  'unable to verify the first certificate': 'no se puede verificar el certificado: falta el de su autoridad',
  'unable to get local issuer certificate': 'el certificado no lo emitió ninguna autoridad conocida',
  'certificate has expired': 'el certificado ha caducado',
  "Hostname/IP does not match certificate's altnames: {detail}":
    'el certificado no es para este host: {detail}',
  'StartTLS was refused with code {code}': 'StartTLS se rechazó con el código {code}',
  'plain-text bytes after the response to StartTLS': 'bytes en texto plano tras la respuesta a StartTLS',
  'the answer is not LDAP': 'la respuesta no es LDAP',
  'the response to StartTLS is another message': 'la respuesta a StartTLS es otro mensaje',
  '`ldap{url}`: {why}': '`ldap{url}`: {why}',
  'ldap{url}: search below `{base}`: {answer}': 'ldap{url}: búsqueda bajo `{base}`: {answer}',
  'ldap{url}: reading an entry: {answer}': 'ldap{url}: lectura de una entrada: {answer}',
  'result code {code}: {answer}': 'código de resultado {code}: {answer}',
  'the discovery document: HTTP {status}': 'el documento de descubrimiento: HTTP {status}',
  'the discovery document must be a JSON object without duplicate keys':
    'el documento de descubrimiento debe ser un objeto JSON sin claves duplicadas',
  'the discovery document names no {name}': 'el documento de descubrimiento no indica {name}',
  'the issuer is `{issuer}`, which is shared by many tenants: register the issuer of your own tenant':
    'el emisor es `{issuer}`, que comparten muchos inquilinos: registra el emisor de tu propio inquilino',
  'the discovery document is of another issuer: `{issuer}`':
    'el documento de descubrimiento es de otro emisor: `{issuer}`',
  'the discovery document is of another issuer': 'el documento de descubrimiento es de otro emisor',
  "the discovery document's {name} must be an https URL":
    '{name} del documento de descubrimiento debe ser una URL https',
  'the key set is unusable: {why}': 'el conjunto de claves no se puede usar: {why}',
  'not a JSON Web Key Set: `keys` must be an array': 'no es un JSON Web Key Set: `keys` debe ser una lista',
  'it contains no key that can verify a signature': 'no contiene ninguna clave que pueda verificar una firma',
  'a key must be a JSON object': 'una clave debe ser un objeto JSON',
  'it holds a private key': 'contiene una clave privada',
  'the private key is no JWK or PEM of a type this server signs with':
    'la clave privada no es un JWK o PEM de un tipo con el que firma este servidor',
  'the metadata: HTTP {status}': 'los metadatos: HTTP {status}',
  'the metadata has expired': 'los metadatos han caducado',
  'the metadata was not fetched yet; `chancery provider check` shows why':
    'los metadatos aún no se han obtenido; `chancery provider check` muestra por qué',
  'the metadata has no EntityDescriptor of `{id}`':
    'los metadatos no tienen ningún EntityDescriptor de `{id}`',
  'the metadata has several EntityDescriptors of `{id}`':
    'los metadatos tienen varios EntityDescriptor de `{id}`',
  'the signature of the metadata does not verify with metadata_certificate':
    'la firma de los metadatos no se verifica con metadata_certificate',
  'the metadata is not signed, and metadata_certificate is set':
    'los metadatos no están firmados, y metadata_certificate está establecido',
  'the metadata: {why}': 'los metadatos: {why}',
  'the SAML metadata is not acceptable: {why}': 'los metadatos SAML no son aceptables: {why}',
  'it is empty': 'están vacíos',
  'its root must be one EntityDescriptor; for metadata of a federation, use only the EntityDescriptor of your provider':
    'su raíz debe ser un EntityDescriptor; de los metadatos de una federación, usa solo el EntityDescriptor de tu proveedor',
  'entityID must be a URI of 1 to 1024 characters': 'entityID debe ser una URI de 1 a 1024 caracteres',
  'it must have exactly one IDPSSODescriptor': 'deben tener exactamente un IDPSSODescriptor',
  'the IDPSSODescriptor does not support SAML 2.0': 'el IDPSSODescriptor no admite SAML 2.0',
  'validUntil is not a time': 'validUntil no es una fecha',
  'a Location of {name} is not a URL': 'una Location de {name} no es una URL',
  'a ResponseLocation of {name} is not a URL': 'una ResponseLocation de {name} no es una URL',
  'it has no signing certificate': 'no tienen ningún certificado de firma',
  'it has more than {count} signing certificates': 'tienen más de {count} certificados de firma',
  'a signing certificate cannot be read': 'un certificado de firma no se puede leer',
  "a signing certificate's key must be RSA of at least {count} bits, or EC":
    'la clave de un certificado de firma debe ser RSA de al menos {count} bits, o EC',
  'the XML has more than {count} characters': 'el XML tiene más de {count} caracteres',
  'the XML has more than {count} elements': 'el XML tiene más de {count} elementos',
  'the XML has more than {count} attributes': 'el XML tiene más de {count} atributos',
  'the XML has more than {count} namespace declarations':
    'el XML tiene más de {count} declaraciones de espacios de nombres',
  'the XML is deeper than {count}': 'el XML tiene más de {count} niveles',
  'comments are not allowed': 'no se permiten comentarios',
  'a DTD is not allowed': 'no se permite una DTD',
  'declarations and CDATA sections are not allowed': 'no se permiten declaraciones ni secciones CDATA',
  'processing instructions are not allowed': 'no se permiten instrucciones de procesamiento',
  'entities are not allowed': 'no se permiten entidades',
  'it has characters that XML does not allow': 'tiene caracteres que XML no permite',
  'an element has too many attributes': 'un elemento tiene demasiados atributos',
  'the XML is not well-formed': 'el XML no está bien formado',
  'the XML has no element': 'el XML no tiene ningún elemento',
  'the XML has two roots': 'el XML tiene dos raíces',
  'the XML has nodes other than elements and text': 'el XML tiene nodos que no son elementos ni texto',
  'an attribute is repeated': 'un atributo está repetido',
  'an element is signed twice': 'un elemento está firmado dos veces',
  'a signature is in a place where none is allowed': 'hay una firma en un lugar donde no se permite',
  'an ID is repeated': 'un ID está repetido',
  'the signed element has no usable ID': 'el elemento firmado no tiene un ID utilizable',
  'the signature has an element that is not allowed': 'la firma tiene un elemento no permitido',
  'the canonicalization is not allowed': 'esa canonicalización no está permitida',
  'the signature algorithm is not allowed': 'ese algoritmo de firma no está permitido',
  'the signature covers another element': 'la firma cubre otro elemento',
  'the digest algorithm is not allowed': 'ese algoritmo de resumen no está permitido',
  'the transforms are not allowed': 'esas transformaciones no están permitidas',
  'SignedInfo is larger than a signature needs': 'SignedInfo es más grande de lo que necesita una firma',
  'InclusiveNamespaces is repeated': 'InclusiveNamespaces está repetido',
  'the token is of the issuer `{issuer}`': 'el token es del emisor `{issuer}`',
  "alg `{alg}` is not one of the provider's algorithms":
    'alg `{alg}` no es uno de los algoritmos del proveedor',
  'the token was issued to another client': 'el token se emitió para otro cliente',
  'the keys, {why}': 'las claves: {why}',
  'http{url} answered {status}': 'http{url} respondió {status}',
  'Missing a required claim: {name}': 'falta un claim obligatorio: {name}',
  '`{name}` is not a time': '`{name}` no es una fecha',
  '`aud` is not a string or a list of strings': '`aud` no es un texto ni una lista de textos',
  '`azp` is not a string': '`azp` no es un texto',
  'Incorrect token audience: a token with several `aud` must have an `azp`':
    'audiencia incorrecta: un token con varios `aud` debe tener un `azp`',
  'Incorrect token audience': 'audiencia del token incorrecta',
  'the provider is disabled': 'el proveedor está desactivado',
  'users do not sign in with this provider': 'no se inicia sesión con este proveedor',
  'the claims have no subject': 'los claims no tienen sujeto',
  '`{path}` does not meet `require`': '`{path}` no cumple `require`',
  '`{name}` has this identity and is disabled': '`{name}` tiene esta identidad y está desactivado',
  'has this identity': 'la identidad es de esa cuenta',
  '{email} is verified, and its domain is one of this provider’s':
    '{email} está verificado, y su dominio es uno de los de este proveedor',
  '`{name}` has {email} already, and {why}; they can connect this identity once signed in':
    '`{name}` ya tiene {email}, y {why}; tras iniciar sesión puede vincular esta identidad',
  'the provider does not mark it as verified': 'el proveedor no lo marca como verificado',
  'its domain is not among the domains of the provider': 'su dominio no está entre los del proveedor',
  'so have others': 'también otras personas',
  'is disabled': 'la cuenta está desactivada',
  'it is not verified here': 'no está verificado aquí',
  'is joined with another identity of this provider':
    'la cuenta está vinculada a otra identidad de este proveedor',
  'no user has this identity, and create_users is false':
    'nadie tiene esta identidad, y create_users es false',
  'no user has this identity; {email} is taken from `{name}`':
    'nadie tiene esta identidad; {email} se le quita a `{name}`',
  'no user has this identity': 'nadie tiene esta identidad',
  'no audience is registered, so every token of this issuer is refused':
    'no hay ninguna audiencia registrada, así que se deniega todo token de este emisor',
  'add the audience of your workloads to client_ids':
    'añade la audiencia de tus cargas de trabajo a client_ids',
  'addresses that the provider did not verify count as verified and select users: anyone who can set an address there can sign in as that user here':
    'direcciones que el proveedor no verificó cuentan como verificadas y seleccionan usuarios: quien pueda poner allí una dirección puede iniciar sesión aquí como ese usuario',
  'remove the default `true` of mapping.email_verified, or the domains':
    'quita el valor predeterminado `true` de mapping.email_verified, o los dominios',
  'addresses that the provider did not verify are stored as verified':
    'direcciones que el proveedor no verificó se guardan como verificadas',
  'remove the default `true` of mapping.email_verified':
    'quita el valor predeterminado `true` de mapping.email_verified',
  '`domains` contains a domain where anybody can have an address':
    '`domains` contiene un dominio en el que cualquiera puede tener una dirección',
  'name only domains of your own organisation': 'indica solo dominios de tu propia organización',
  'anybody can have an account at this provider, and everybody who signs in becomes a user here':
    'cualquiera puede tener una cuenta en este proveedor, y todo el que inicia sesión pasa a ser usuario aquí',
  'restrict sign-in with `require`, set create_users to false, or use the issuer of your own organisation':
    'restringe el inicio de sesión con `require`, pon create_users en false, o usa el emisor de tu propia organización',
  'everybody who signs in becomes a user here: neither a domain nor a rule restricts it':
    'todo el que inicia sesión pasa a ser usuario aquí: ni un dominio ni una regla lo restringe',
  'list its domains, restrict sign-in with `require`, or set create_users to false':
    'indica sus dominios, restringe el inicio de sesión con `require`, o pon create_users en false',
  'users without groups at the provider are put into groups by a default':
    'los usuarios sin grupos en el proveedor entran en grupos por un valor predeterminado',
  'remove the default of mapping.groups': 'quita el valor predeterminado de mapping.groups',
  'a single factor counts as the second one': 'un único factor cuenta como el segundo',
  'list only values that mean two factors, such as `mfa`, in second_factor.amr':
    'indica en second_factor.amr solo valores que signifiquen dos factores, como `mfa`',
  'users who used a single factor at the provider need no second one, unless they enrolled one here':
    'quien usó un solo factor en el proveedor no necesita un segundo, salvo que haya configurado uno aquí',
  'set second_factor.ask to `everyone`': 'pon second_factor.ask en `everyone`',
  'the issuer uses plain http: anyone on the network path can sign in as any user and read the userinfo response':
    'el emisor usa http sin cifrar: quien esté en el camino de la red puede iniciar sesión como cualquier usuario y leer la respuesta de userinfo',
  'use an https issuer': 'usa un emisor https',
  'the keys are fetched over plain http: anyone on the network path can replace them':
    'las claves se obtienen por http sin cifrar: quien esté en el camino de la red puede sustituirlas',
  'use an https jwks_uri': 'usa un jwks_uri https',
  'the keys are uploaded: sign-in stops when the provider rotates them, and a withdrawn key stays valid':
    'las claves están subidas: el inicio de sesión se detiene cuando el proveedor las rota, y una clave retirada sigue siendo válida',
  'use discovery or jwks_uri where the issuer can be reached':
    'usa el descubrimiento o jwks_uri si se puede llegar al emisor',
  'the client has no secret: only PKCE protects a stolen code, if the provider supports PKCE':
    'el cliente no tiene secreto: solo PKCE protege un código robado, si el proveedor admite PKCE',
  'the client has no secret: only PKCE protects a stolen code':
    'el cliente no tiene secreto: solo PKCE protege un código robado',
  'register a confidential client: client_secret, or better private_key':
    'registra un cliente confidencial: client_secret, o mejor private_key',
  'register a confidential client with a client_secret':
    'registra un cliente confidencial con un client_secret',
  'the issuer is shared by many tenants, so users cannot sign in with it':
    'el emisor lo comparten muchos inquilinos, así que no se puede iniciar sesión con él',
  'use the issuer of your own tenant, `https://login.microsoftonline.com/<tenant id>/v2.0`':
    'usa el emisor de tu propio inquilino, `https://login.microsoftonline.com/<tenant id>/v2.0`',
  '`acr` 0 counts as a second factor: it stands for no authentication worth the name':
    '`acr` 0 cuenta como segundo factor: no representa ninguna autenticación digna de ese nombre',
  'leave `0` out of second_factor.acr (OIDC Core §2)': 'quita `0` de second_factor.acr (OIDC Core §2)',
  '`prompt=none` in parameters: who has no session there is refused instead of asked':
    '`prompt=none` en parameters: a quien no tiene sesión allí se le deniega en vez de preguntarle',
  'leave it out': 'quítalo',
  'an endpoint uses plain http: anyone on the network path can sign in as any user':
    'un punto de conexión usa http sin cifrar: quien esté en el camino de la red puede iniciar sesión como cualquier usuario',
  'use https endpoints': 'usa puntos de conexión https',
  'the subject is `{subject}`, which may change or go to somebody else, and their account here with it':
    'el sujeto es `{subject}`, que puede cambiar o pasar a otra persona, y con él su cuenta aquí',
  'use the claim with the number or opaque id as subject':
    'usa como sujeto el claim con el número o el ID opaco',
  'verified addresses rely on the userinfo endpoint alone':
    'las direcciones verificadas dependen solo del punto de conexión userinfo',
  'set emails_endpoint where there is one, or make sure that `email_verified` is reliable':
    'establece emails_endpoint si lo hay, o asegúrate de que `email_verified` es fiable',
  'the issuer is of another origin than the token endpoint':
    'el emisor es de otro origen que el punto de conexión de tokens',
  'make sure that the issuer belongs to this provider and to no other':
    'asegúrate de que el emisor es de este proveedor y de ningún otro',
  'its metadata was not fetched yet: nobody can sign in with it until then':
    'sus metadatos aún no se han obtenido: hasta entonces nadie puede iniciar sesión con él',
  'start the server, and see that metadata_url answers':
    'inicia el servidor y comprueba que metadata_url responde',
  'its metadata has expired: nobody can sign in with it':
    'sus metadatos han caducado: nadie puede iniciar sesión con él',
  'configure its current metadata': 'configura sus metadatos actuales',
  'its metadata expires within 30 days': 'sus metadatos caducan en menos de 30 días',
  'configure newer metadata before that': 'configura antes metadatos más recientes',
  'a signing certificate has expired; its signatures are accepted as long as it is in the metadata':
    'un certificado de firma ha caducado; sus firmas se aceptan mientras esté en los metadatos',
  'configure metadata without it': 'configura metadatos sin él',
  'every signing certificate expires within 30 days':
    'todos los certificados de firma caducan en menos de 30 días',
  'configure metadata that has the next certificate as well: both are accepted while one is replaced':
    'configura metadatos que tengan también el siguiente certificado: mientras se sustituye se aceptan ambos',
  'a signing certificate is itself signed with SHA-1':
    'un certificado de firma está firmado a su vez con SHA-1',
  'create a new certificate at the provider': 'crea un certificado nuevo en el proveedor',
  'an endpoint is plain http: requests can be read on the network':
    'un punto de conexión es http sin cifrar: las solicitudes se pueden leer en la red',
  'it requires signed requests, and requests of this server are not signed':
    'exige solicitudes firmadas, y las de este servidor no lo están',
  'set private_key and certificate': 'establece private_key y certificate',
  'the subject is an e-mail address: whoever gets the address later can sign in as that user':
    'el sujeto es una dirección de correo: quien la reciba más adelante puede iniciar sesión como ese usuario',
  'configure the provider to send a persistent NameID, or use an attribute that never changes':
    'configura el proveedor para que envíe un NameID persistente, o usa un atributo que nunca cambie',
  'assertions need not be signed: only the signature of the response protects them':
    'las aserciones no tienen que estar firmadas: solo las protege la firma de la respuesta',
  'set want to `assertion` or `both`': 'pon want en `assertion` o `both`',
  'passwords go to {url} unencrypted, and nothing shows that it is the directory':
    'las contraseñas van a {url} sin cifrar, y nada demuestra que sea el directorio',
  'write the URL with ldaps://, or set `start_tls: true`':
    'escribe la URL con ldaps://, o establece `start_tls: true`',
  'the authority `{name}` ended on {date}': 'la autoridad `{name}` caducó el {date}',
  'the authority `{name}` ends on {date}': 'la autoridad `{name}` caduca el {date}',
  'add its successor; `ca` may contain several': 'añade su sucesora; `ca` puede contener varias',
  'the directory is searched anonymously, so anybody on the network can list its users':
    'el directorio se consulta de forma anónima, así que cualquiera en la red puede listar sus usuarios',
  'set `bind_dn` and `bind_password` of an account that may only read':
    'establece `bind_dn` y `bind_password` de una cuenta que solo pueda leer',
  "`{name}` looks like the directory's administrator; searching needs no such power":
    '`{name}` parece el administrador del directorio; buscar no necesita tanto poder',
  'use an account that may only read users and groups':
    'usa una cuenta que solo pueda leer usuarios y grupos',
  '`{attribute}` may be given to another person, who then signs in as the first':
    '`{attribute}` puede asignarse a otra persona, que entonces inicia sesión como la primera',
  'use `entryUUID`, or `objectGUID` with Active Directory':
    'usa `entryUUID`, u `objectGUID` con Active Directory',
  'all that applications got from sign-ins with it':
    'todo lo que las aplicaciones obtuvieron de inicios de sesión con él',
  'all that were made from sign-ins with it or from its tokens and assertions':
    'todas las que surgieron de inicios de sesión con él o de sus tokens y aserciones',
  'must be left out when there is a token': 'debe quedar vacío cuando hay un token',
  'are required: a provider of the kind {kind} gives no ID tokens':
    'obligatorios: un proveedor del tipo {kind} no da tokens de ID',
  'is required when there are no claims': 'es obligatorio cuando no hay claims',
  'must be a JSON object': 'debe ser un objeto JSON',
  'What the identity provider sent is too much.': 'Lo que envió el proveedor de identidad es demasiado.',
  'Users do not sign in with this provider; use `chancery trust try` for workloads.':
    'No se inicia sesión con este proveedor; para cargas de trabajo usa `chancery trust try`.',
  'must be an https URL without query, fragment or user':
    'debe ser una URL https sin consulta, fragmento ni usuario',
  'must be an https URL without fragment or user': 'debe ser una URL https sin fragmento ni usuario',
  'must be https, unless the operator names its host in CHANCERY_OUTBOUND_ALLOW':
    'debe ser https, salvo que el operador indique su host en CHANCERY_OUTBOUND_ALLOW',
  'is at `{host}`, which is not public: the operator must name it in CHANCERY_OUTBOUND_ALLOW':
    'está en `{host}`, que no es público: el operador debe indicarlo en CHANCERY_OUTBOUND_ALLOW',
  'must be 1 to 64 of `A-Z a-z 0-9 . _ -`': 'debe tener de 1 a 64 caracteres de `A-Z a-z 0-9 . _ -`',
  'must not be `.` or `..`': 'no debe ser `.` ni `..`',
  'must be a valid tag key': 'debe ser una clave de etiqueta válida',
  'keys that begin with `aws:` or `chancery:` are reserved':
    'las claves que empiezan por `aws:` o `chancery:` están reservadas',
  'must be a domain name': 'debe ser un nombre de dominio',
  'must have no default: with one, everybody could sign in':
    'no debe tener valor predeterminado: con uno, cualquiera podría iniciar sesión',
  'must not contain a parameter that this server sets itself':
    'no debe contener un parámetro que establece este servidor',
  'use either client_secret or private_key': 'usa client_secret o private_key, pero no ambos',
  'private_key must be a private key as JWK or PEM': 'private_key debe ser una clave privada en JWK o PEM',
  'use either jwks or jwks_uri': 'usa jwks o jwks_uri, pero no ambos',
  'sign_in needs a name': 'sign_in necesita un nombre',
  'is required: {form}': 'es obligatorio: {form}',
  'is no issuer of `{preset}`: that is {form}': 'no es un emisor de `{preset}`: es {form}',
  'is a trust domain, whose keys are a SPIFFE bundle':
    'es un dominio de confianza, cuyas claves son un bundle SPIFFE',
  'a SPIFFE trust domain issues tokens for workloads only':
    'un dominio de confianza SPIFFE solo emite tokens para cargas de trabajo',
  'is required without a preset': 'es obligatorio sin un preajuste',
  'goes with a preset': 'va con un preajuste',
  'is set by the preset `{preset}`': 'lo establece el preajuste `{preset}`',
  'must be `ldaps://host[:port]` or `ldap://host[:port]`':
    'debe ser `ldaps://host[:port]` o `ldap://host[:port]`',
  'must be a distinguished name, as `ou=people,dc=acme,dc=example`':
    'debe ser un nombre distinguido, como `ou=people,dc=acme,dc=example`',
  'must be a distinguished name, or `user@domain`': 'debe ser un nombre distinguido, o `user@domain`',
  'is no attribute': 'no es un atributo',
  'is not to be read': 'no se debe leer',
  'must hold `{place}` behind an `=`': 'debe contener `{place}` detrás de un `=`',
  'must hold `{place}`': 'debe contener `{place}`',
  'must be one filter in parentheses, as `(uid={username})`':
    'debe ser un filtro entre paréntesis, como `(uid={username})`',
  'may escape ASCII characters alone, as `\\2a`': 'solo puede escapar caracteres ASCII, como `\\2a`',
  'holds no PEM certificate': 'no contiene ningún certificado PEM',
  'holds a certificate that cannot be read': 'contiene un certificado que no se puede leer',
  'bind_dn and bind_password must be set together': 'bind_dn y bind_password deben establecerse juntos',
  'start_tls is for `ldap://`; `ldaps://` has TLS already':
    'start_tls es para `ldap://`; `ldaps://` ya tiene TLS',
  'must be a URI of 1 to 1024 characters': 'debe ser una URI de 1 a 1024 caracteres',
  'private_key and certificate must be set together': 'private_key y certificate deben establecerse juntos',
  'private_key must be RSA': 'private_key debe ser RSA',
  'certificate does not belong to private_key': 'certificate no corresponde a private_key',
  'private_key and certificate must be PEM': 'private_key y certificate deben ser PEM',
  'sign_out needs private_key and certificate': 'sign_out necesita private_key y certificate',
  'exactly one of metadata, metadata_file and metadata_url must be given':
    'debe darse exactamente uno de metadata, metadata_file y metadata_url',
  'entity_id must be given with metadata_url, and only with it':
    'entity_id debe darse con metadata_url, y solo con él',
  'metadata_certificate needs metadata_url': 'metadata_certificate necesita metadata_url',
  'metadata_certificate must be PEM': 'metadata_certificate debe ser PEM',
  'The entry has more than {count} members and items.':
    'La entrada tiene más de {count} miembros y elementos.',
  'is not known here': 'no se conoce aquí',
  'is part of its ARN and cannot be changed: create another provider':
    'forma parte de su ARN y no se puede cambiar: crea otro proveedor',
  'names the identities of its users and cannot be changed: create another provider':
    'nombra las identidades de sus usuarios y no se puede cambiar: crea otro proveedor',
  'is for the configuration file: give `{name}` itself':
    'es para el archivo de configuración: indica el propio `{name}`',
  'must not have a private key: everybody may read it':
    'no debe tener una clave privada: cualquiera puede leerla',
  'must be given again, because it would be sent to another server':
    'debe indicarse de nuevo, porque se enviaría a otro servidor',
  '`{domain}` is a domain of `{name}`': '`{domain}` es un dominio de `{name}`',
  '`{url}` is the issuer of another identity provider': '`{url}` es el emisor de otro proveedor de identidad',
  '`{name}` is the name of another identity provider': '`{name}` es el nombre de otro proveedor de identidad',
  'the issuer `{url}` is not acceptable: its claims could be mistaken for condition keys of AWS; use an issuer with a full host name':
    'el emisor `{url}` no es aceptable: sus claims podrían confundirse con claves de condición de AWS; usa un emisor con un nombre de host completo',
  'An account has at most {count} providers of kind {kind}.':
    'Una cuenta tiene como máximo {count} proveedores del tipo {kind}.',
  'Cannot exceed quota for {quota}: {count}.': 'No se puede superar la cuota {quota}: {count}.',
  'needs a `map` that names the groups, because there are more than {count}':
    'necesita un `map` que nombre los grupos, porque hay más de {count}',
  'It was in the configuration file: change its settings here before you enable it, or add it there again.':
    'Estaba en el archivo de configuración: cambia aquí sus ajustes antes de activarlo, o vuelve a añadirlo allí.',
  'This identity provider is in the configuration file: change it there, under `identity_providers:`.':
    'Este proveedor de identidad está en el archivo de configuración: cámbialo allí, en `identity_providers:`.',
  'It was changed meanwhile: read it and repeat the change.':
    'Se cambió entretanto: vuelve a cargar la página y repite el cambio.',
  'There is no identity provider `{arn}` any more.': 'El proveedor de identidad `{arn}` ya no existe.',
  'There is no such identity provider.': 'No existe ese proveedor de identidad.',
  'there is no such identity provider': 'no existe ese proveedor de identidad',
  'An error occurred while calling the identity provider.':
    'Se produjo un error al llamar al proveedor de identidad.',
  'until {date}': 'hasta el {date}',
  '{certificate} until {date}': '{certificate} hasta el {date}',
  'with a SPIFFE bundle, jwks_uri (the bundle endpoint) or jwks (the bundle) must be given':
    'con un bundle SPIFFE debe darse jwks_uri (el punto de conexión del bundle) o jwks (el bundle)',
  'use either ca or ca_file': 'usa ca o ca_file, pero no ambos',
  'ldap{url}: bind as `{name}`: {answer}': 'ldap{url}: enlace como `{name}`: {answer}',
  'the entry has {count} values of `{attribute}`; the subject is one':
    'la entrada tiene {count} valores de `{attribute}`; el sujeto es uno solo',
  '`{attribute}` is no subject: it must be a GUID, or text of up to 255 characters':
    '`{attribute}` no es un sujeto: debe ser un GUID, o un texto de hasta 255 caracteres',
  'the person is in more than {count} groups; narrow `groups.filter` or `groups.base_dn`':
    'la persona está en más de {count} grupos; acota `groups.filter` o `groups.base_dn`',
  'People sign in with it since a moment ago: try again.':
    'Hay personas que inician sesión con él desde hace un momento: inténtalo de nuevo.',
  'There is no person `{name}` in this account: name one, or give an ARN.':
    'La persona `{name}` no existe en esta cuenta. Indica otra o un ARN.',
  'Column {at} `{name}` is not known (separate columns by commas); columns are {columns}.':
    'La columna {at} `{name}` no se conoce (separa las columnas con comas); las columnas son {columns}.',
  'Column {at} `{name}` is not known; columns are {columns}.':
    'La columna {at} `{name}` no se conoce; las columnas son {columns}.',
  'Column {at} `{name}` is the same as column {first}.':
    'La columna {at} `{name}` es la misma que la columna {first}.',
  'And {count} more columns.': 'Y {count} columnas más.',
  'There is no column `name`; columns are {columns}.': 'Falta la columna `name`; las columnas son {columns}.',
  '`password` is not imported: give `password_hash`, or leave it out and use --invite.':
    '`password` no se importa: indica `password_hash`, u omítelo e invita a las personas.',
  'has {count} fields, and the header has {columns}': 'tiene {count} campos, y la cabecera tiene {columns}',
  'is longer than {most} characters: a quote may not be closed':
    'tiene más de {most} caracteres: quizá falte cerrar una comilla',
  'has a quote inside of a field that does not begin with one':
    'tiene una comilla dentro de un campo que no empieza por una',
  'has a quote that is not closed': 'tiene una comilla sin cerrar',
  'has text after the closing quote of a field': 'tiene texto después de la comilla de cierre de un campo',
  'is not UTF-8': 'no está en UTF-8',
  'must be well-formed Unicode': 'debe ser Unicode válido',
  'must be a hash in an accepted form: {forms}': 'debe ser un hash en una de estas formas: {forms}',
  'is another on line {line}, which has the same name and comes first':
    'es otro en la línea {line}, que tiene el mismo nombre y va antes',
  'is on line {line} too': 'también está en la línea {line}',
  'has a {what} of {value}; at most {most} is accepted':
    'tiene {value} en «{what}»; se acepta como máximo {most}',
  'has a {what} of {value}; at least {least} is accepted':
    'tiene {value} en «{what}»; se necesita como mínimo {least}',
  'the request body came too slowly': 'la solicitud llegó demasiado despacio',
  'the request body broke off': 'la solicitud se interrumpió',
  'the request body is larger than {count} bytes': 'la solicitud supera {count} bytes',
  'more than {count} parameters': 'más de {count} parámetros',
  'the parameter `{name}` stands twice': 'el parámetro `{name}` aparece dos veces',
  'a parameter has a broken percent escape': 'un parámetro está mal codificado',
  'a parameter is not valid UTF-8': 'un parámetro no es UTF-8 válido',
  'a parameter holds a NUL character': 'un parámetro contiene un carácter NUL',
  'a field of the form stands twice': 'un campo del formulario aparece dos veces',
  'a field holds a NUL character': 'un campo contiene un carácter NUL',
  'more than {count} fields': 'más de {count} campos',
  'the form cannot be read': 'el formulario no se puede leer',
  'this form is too old or came from elsewhere; load the page again':
    'este formulario es demasiado antiguo o viene de otro lugar; vuelve a cargar la página',
  'this form came from another site': 'este formulario viene de otro sitio',
  'too many requests from this address': 'demasiadas solicitudes desde esta dirección',
  'too many requests at the moment': 'demasiadas solicitudes en este momento',
  'this path accepts {methods}': 'esta dirección acepta {methods}',
  'internal error; the log has details under the request id':
    'error interno; el registro tiene los detalles con la referencia',
  'sign in first': 'inicia sesión primero',
  'there is nothing of this kind to propose': 'no hay nada de este tipo que proponer',
  'the tests of this form cannot be read: open it anew':
    'las pruebas de este formulario no se pueden leer: ábrelo de nuevo',
  'the description must have at most 1000 characters':
    'la descripción debe tener como máximo 1000 caracteres',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'alguien cambió la política o sus pruebas desde que se abrió este formulario: compara abajo con lo que rige ahora y abre de nuevo el editor',
  'the document is too long': 'el documento es demasiado largo',
  'there is no such logo': 'ese logotipo no existe',
  'fields are missing': 'faltan campos',
  '`use` must be one of {values}': '`use` debe ser uno de estos valores: {values}',
  'the policy or its tests were changed since they were read':
    'la política o sus pruebas cambiaron desde que se leyeron',
  'the tests cannot be read': 'las pruebas no se pueden leer',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    'falla {failing} prueba de {count}: cambia el documento, o cambia o elimina la prueba',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    'fallan {failing} pruebas de {count}: cambia el documento, o cambia o elimina la prueba',
  'is not known in {where}; known are {names}': 'no se conoce en {where}; se conocen {names}',
  'is not known in {where}': 'no se conoce en {where}',
  'the path': 'la ruta',
  'the query': 'la consulta',
  'the body': 'el cuerpo',
  'must be the `cursor` of the previous page of the same list, at most a day old':
    'debe ser el `cursor` de la página anterior de la misma lista, de hace un día como máximo',
  'there is no account `{name}`': 'la cuenta `{name}` no existe',
  'access request': 'Solicitud de acceso',
  'managed policy': 'Política administrada',
  'audit entry': 'Entrada del registro',
  'audit entry of the request': 'Entrada del registro de la solicitud',
  'saved audit view': 'Vista guardada',
  'SCIM token': 'Token de SCIM',
  '`{arn}` belongs to the account of the first start, whose administrators operate the server':
    '`{arn}` pertenece a la primera cuenta, cuyos administradores operan el servidor',
  'this needs `{action}` for everybody: your policies make exceptions, which cannot be looked through for more than {count} people':
    'esto requiere `{action}` para todos: tus políticas tienen excepciones, que no se pueden revisar para más de {count} personas',
  'mail is not configured: leave `invite` out': 'el correo no está configurado: omite `invite`',
  'mail is not configured: leave `mail` out and hand the link over':
    'el correo no está configurado: omite `mail` y entrega el enlace',
  'is another in a row before, of the same name': 'es otro en una fila anterior del mismo nombre',
  'the name `{name}` is taken by a person with another {what}':
    'el nombre `{name}` pertenece a una persona en la que difiere: {what}',
  'must be left out when there is a password': 'debe omitirse cuando hay una contraseña',
  'must not contain `/`': 'no puede contener `/`',
  '`{person}` has no session `{session}`; `{command}` lists them':
    '`{person}` no tiene la sesión `{session}`; `{command}` las enumera',
  '`{person}` has no factor `{factor}`; `{command}` lists them':
    '`{person}` no tiene el factor `{factor}`; `{command}` los enumera',
  '`{person}` trusts no browser `{browser}`; `{command}` lists them':
    '`{person}` no confía en ningún navegador `{browser}`; `{command}` los enumera',
  'must have at most {count} bytes': 'debe tener como máximo {count} bytes',
  'there is no person `{name}` in account {account}; `{command}` lists what there is':
    'la persona `{name}` no existe en la cuenta {account}; `{command}` enumera lo que hay',
  'there is no group `{name}` in account {account}; `{command}` lists what there is':
    'el grupo `{name}` no existe en la cuenta {account}; `{command}` enumera lo que hay',
  'there is no client `{name}` in account {account}; `{command}` lists what there is':
    'el cliente `{name}` no existe en la cuenta {account}; `{command}` enumera lo que hay',
  'there is no account `{name}`; `{command}` lists what there is':
    'la cuenta `{name}` no existe; `{command}` enumera lo que hay',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone':
    '{kind} `{name}`: no existe en la cuenta {account}; las entradas más antiguas que la retención se han borrado',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone; `{command}` lists what there is':
    '{kind} `{name}`: no existe en la cuenta {account}; las entradas más antiguas que la retención se han borrado; `{command}` enumera lo que hay',
  'there is no {kind} `{name}` in account {account}; `{command}` lists what there is':
    '{kind} `{name}`: no existe en la cuenta {account}; `{command}` enumera lo que hay',
  'there is no {kind} `{name}` in account {account}': '{kind} `{name}`: no existe en la cuenta {account}',
  'there is no {kind} `{name}`; `{command}` lists what there is':
    '{kind} `{name}`: no existe; `{command}` enumera lo que hay',
  'Policy {arn} version {version} does not exist or is not attachable.':
    'La versión {version} de la política {arn} no existe o no se puede adjuntar.',
  'Instance Profile {name} cannot be found.': 'No se encuentra el perfil de instancia {name}.',
  'The Password Policy with domain name {account} cannot be found.':
    'No se encuentran las reglas de contraseñas de la cuenta {account}.',
  'The account policy with name PasswordPolicy cannot be found.':
    'Esta cuenta no tiene reglas de contraseñas.',
  'The user policy with name {name} cannot be found.':
    'No se encuentra la política insertada {name} de la persona.',
  'The group policy with name {name} cannot be found.':
    'No se encuentra la política insertada {name} del grupo.',
  'The role policy with name {name} cannot be found.':
    'No se encuentra la política insertada {name} del rol.',
  'Scope ARN: {arn} does not exist or is not attachable.':
    'La política {arn} no existe o no puede ser un límite de permisos.',
  'Login Profile for User {name} cannot be found.': '{name} no tiene contraseña.',
  'MFA Device with serial number {serial} does not exist.': 'El autenticador {serial} no existe.',
  'MFA Device invalid for user. Serial number: {serial}': 'El autenticador no es de esta persona: {serial}',
  'OpenIDConnect Provider not found for arn {arn}': 'No se encuentra el proveedor de OpenID Connect {arn}',
  'OpenId connect Provider {arn} cannot be found.': 'No se encuentra el proveedor de OpenID Connect {arn}.',
  'Manifest not found for arn {arn}': 'No se encuentra el proveedor de SAML {arn}',
  'The account alias {alias} cannot be found.': 'No se encuentra el alias de cuenta {alias}.',
  'The Public Key with id {id} cannot be found.': 'No se encuentra la clave SSH {id}.',
  'The Certificate with id {id} cannot be found.': 'No se encuentra el certificado {id}.',
  'No such credential {id} exists': 'No se encuentra la credencial de servicio {id}',
  'No such service {service} is supported for Service Specific Credentials. The services are: {services}.':
    'No hay credenciales para el servicio {service}. Servicios posibles: {services}.',
  'User with name {name} already exists.': 'Ya existe una persona llamada {name}.',
  'Group with name {name} already exists.': 'Ya existe un grupo llamado {name}.',
  'Instance Profile {name} already exists.': 'Ya existe el perfil de instancia {name}.',
  'Login Profile for user {name} already exists.': '{name} ya tiene contraseña.',
  'MFA device already exists.': 'El autenticador ya existe.',
  'MFA Device for user {user} already exists.': 'Este autenticador ya es de {user}.',
  'MFA Device is already in use.': 'El autenticador ya está en uso.',
  'Provider with url {url} already exists.': 'Ya existe un proveedor con la URL {url}.',
  'Provider with name {name} already exists.': 'Ya existe un proveedor llamado {name}.',
  'The account alias {alias} already exists.': 'El alias de cuenta {alias} ya existe.',
  'Cannot delete entity, must delete access keys first.':
    'No se puede eliminar: elimina antes las claves de acceso.',
  'Cannot delete entity, must remove tokens from principal first.':
    'No se puede eliminar: elimina antes el autenticador.',
  'Cannot delete entity, must delete SSH public keys first.':
    'No se puede eliminar: elimina antes las claves SSH.',
  'Cannot delete entity, must delete certificates first.':
    'No se puede eliminar: elimina antes los certificados de firma.',
  'Cannot delete entity, must remove referenced objects first. These are service-specific credentials.':
    'No se puede eliminar: elimina antes las credenciales de servicio.',
  'Cannot delete entity, must delete login profile first.':
    'No se puede eliminar: elimina antes la contraseña.',
  'Cannot delete entity, must remove users from group first.':
    'No se puede eliminar: quita antes los miembros del grupo.',
  'Cannot delete the default version of a policy.':
    'No se puede eliminar la versión en vigor de una política.',
  'MFA VirtualDevice in use. Must deactivate first.': 'El autenticador está en uso. Desactívalo antes.',
  'The specified value for {name} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-':
    'El valor de {name} no es válido. Solo se admiten letras, dígitos y +=,.@_-',
  'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.':
    'La ruta no es válida. Debe empezar y terminar con / y contener solo letras, dígitos y /.',
  'The specified value for accountAlias is invalid. It must not be 12 digits, as the ID of an account is.':
    'El alias de cuenta no es válido. No puede tener 12 dígitos, como el ID de una cuenta.',
  'Maximum policy size of {count} bytes exceeded for {kind} {name}':
    'Las políticas de {kind} {name} superan {count} bytes en total',
  'The number of tags has reached the maximum limit. Cannot exceed quota for {quota}: {count}':
    'Se ha alcanzado el máximo de etiquetas. Cuota {quota}: {count}',
  'Tag keys beginning with aws: are reserved for system use.':
    'Las claves de etiqueta que empiezan por aws: están reservadas para el sistema.',
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.':
    'Hay claves de etiqueta repetidas. Las mayúsculas no cuentan en las claves de etiqueta.',
  'you have asked for access many times within the last hour: try again later':
    'has pedido acceso muchas veces en la última hora: inténtalo más tarde',
  'you have {count} open requests: wait for a decision, or withdraw one':
    'tienes {count} solicitudes abiertas: espera una decisión o retira una',
  'only a person asks for access': 'solo una persona puede pedir acceso',
  'the request is {state}: it was decided or withdrawn meanwhile':
    'la solicitud ya no está abierta ({state}): se decidió o se retiró entretanto',
  'there is no such role that can be asked for': 'ese rol no existe o no se puede solicitar',
  'a guardrail has at most {count} characters':
    'una barrera de protección tiene como máximo {count} caracteres',
  'an account has at most {count} guardrails': 'una cuenta tiene como máximo {count} barreras de protección',
  'the account has no guardrail `{name}`': 'la cuenta no tiene la barrera de protección `{name}`',
  'the last guardrail stays: put one that allows everything in its place':
    'la última barrera se conserva: sustitúyela por una que lo permita todo',
  'the first account manages the others: it is neither closed nor limited':
    'la primera cuenta administra las demás: ni se cierra ni se limita',
  'Outbound identity federation is disabled for account {account}':
    'los tokens de identidad para servicios externos no están activados en la cuenta {account}',
  'Outbound web identity federation is already enabled for this account':
    'los tokens de identidad para servicios externos ya están activados en esta cuenta',
  'an account has at most {count} saved views': 'una cuenta tiene como máximo {count} vistas guardadas',
  'The security token included in the request is invalid.':
    'Las credenciales de la solicitud no son válidas.',
  'Request is missing Authentication Token': 'Faltan credenciales en la solicitud',
  'the account is closed': 'la cuenta está cerrada',
  "the {kind}'s principal was deleted": 'se eliminó la entidad de {kind}',
  'the principal is of another account': 'la entidad es de otra cuenta',
  'the user was deleted or disabled': 'la persona se eliminó o se desactivó',
  'the session was revoked by {scope} `{value}`': 'la sesión se revocó: {scope} `{value}`',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because the session was made without MFA':
    '{who} no tiene permiso para {action} en {resource}, porque la sesión se creó sin segundo factor',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because federated users cannot call IAM, STS or the admin API':
    '{who} no tiene permiso para {action} en {resource}, porque los usuarios federados no pueden llamar a IAM, STS ni a la API de administración',
  "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS":
    'El rol protegido «{name}» no se puede modificar',
  'Must specify userName when calling with non-User credentials':
    'Sin credenciales de una persona hay que indicar userName',
  'The user with name {name} does not have a permissions boundary.': '{name} no tiene límite de permisos.',
  'The role with name {name} does not have a permissions boundary.': '{name} no tiene límite de permisos.',
  'Authentication code for device is not valid.': 'El código del autenticador no es válido.',
  'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.':
    'Para esta acción, autentícate con un autenticador tuyo que esté activado.',
  'ARN {arn} is not valid.': 'El ARN {arn} no es válido.',
  'ARN {arn} cannot be found.': 'No se encuentra el ARN {arn}.',
  'the {kind} was deleted': '{kind}: se eliminó',
  'you can have {count} passkeys; remove one first':
    'puedes tener {count} llaves de acceso; elimina antes una',
  'this passkey is in use already': 'esta llave de acceso ya está en uso',
  'another factor was added meanwhile': 'entretanto se añadió otro factor',
  'not bound to one device': 'no vinculada a un dispositivo',
  'unknown passkey': 'llave de acceso desconocida',
  'gone, disabled, or passkeys are refused': 'eliminada, desactivada o llaves de acceso no permitidas',
  'passkey of another user': 'llave de acceso de otra persona',
  'other user handle': 'llave de acceso para otra persona',
  'the passkey was copied': 'la llave de acceso se copió',
  'the counter went back: the passkey was copied': 'el contador retrocedió: la llave de acceso se copió',
  'you have no such passkey': 'no tienes esa llave de acceso',
  'you have no such authenticator app': 'no tienes esa aplicación de autenticación',
  'you have no such access key': 'no tienes esa clave de acceso',
  'passkeys are not allowed here': 'aquí no se permiten llaves de acceso',
  'the token of the browser is not its current one: it may have been copied, so the browser is no longer trusted':
    'el token del navegador no es el actual: puede haberse copiado, así que el navegador ya no es de confianza',
  'Password should not be made of the name of its user':
    'La contraseña no puede formarse con el nombre de usuario',
  'Password should not be the one you were given': 'La contraseña no puede ser la que recibiste',
  'Only IAM Users can change their own password': 'Solo una persona puede cambiar su propia contraseña',
  'The old password was incorrect.': 'La contraseña anterior no era correcta.',
  'The new password must not be the old one.': 'La contraseña nueva no puede ser la anterior.',
  'The password has expired; an administrator must set a new one.':
    'La contraseña ha caducado; un administrador debe establecer una nueva.',
  'the password was changed meanwhile; try again': 'la contraseña cambió entretanto; inténtalo de nuevo',
  'the password was changed meanwhile': 'la contraseña cambió entretanto',
  'the password was changed already; sign in with the new one':
    'la contraseña ya se cambió; inicia sesión con la nueva',
  'new recovery codes were just made; try again':
    'se acaban de crear códigos de recuperación nuevos; inténtalo de nuevo',
  'too many attempts; wait a moment and try again':
    'demasiados intentos; espera un momento e inténtalo de nuevo',
  'too many attempts': 'demasiados intentos',
  'all that were made from sign-ins by the password; access keys go on':
    'todas las creadas al iniciar sesión con la contraseña; las claves de acceso siguen',
  'the request has no credentials': 'la solicitud no tiene credenciales',
  'the external id `{id}` is taken': 'el ID externo `{id}` ya está en uso',
  'the bearer token is not valid': 'el token de portador no es válido',
  'identity_providers: the name `{name}` belongs to another provider already; choose another':
    'identity_providers: el nombre `{name}` ya es de otro proveedor; elige otro',
  'is changed by disabling and enabling the provider': 'se cambia desactivando y activando el proveedor',
  'a client id must have 1 to 255 characters': 'un ID de cliente debe tener de 1 a 255 caracteres',
  'Thumbprint list must contain at least one entry.':
    'La lista de huellas debe contener al menos una entrada.',
  'Unknown: the URL of a provider has no query and no fragment':
    'la URL de un proveedor no tiene consulta ni fragmento',
  'Thumbprint list must contain fewer than 5 entries.':
    'La lista de huellas digitales debe tener menos de 5 entradas.',
  'Thumbprint must be 40 hexadecimal characters': 'Una huella digital debe tener 40 caracteres hexadecimales',
  'MaxSessionDuration must be between 3600 and 43200 seconds':
    'la duración máxima de sesión debe estar entre 3600 y 43200 segundos',
  'the user is disabled': 'la persona está desactivada',
  'the user is gone': 'la persona ya no existe',
  'you cannot sign in here': 'no puedes iniciar sesión aquí',
  'a user with this address is here already': 'ya hay aquí una persona con esta dirección',
  'the provider may not create users': 'el proveedor no puede crear personas',
  'not joined: {why}': 'no vinculada: {why}',
  'no name is left for a new user': 'no queda ningún nombre para una persona nueva',
  'the identity is another user’s': 'la identidad es de otra persona',
  'this identity belongs to another user here': 'esta identidad pertenece aquí a otra persona',
  'this identity cannot be joined to a user here':
    'esta identidad no se puede vincular aquí a ninguna persona',
  'a user has at most {count} identities; disconnect one before you connect another':
    'una persona tiene como máximo {count} identidades; desvincula una antes de vincular otra',
  'this is your only way to sign in; add another one first':
    'es tu única forma de iniciar sesión; añade antes otra',
  'this link cannot be used any more': 'este enlace ya no se puede usar',
  'the directory knows no such name and password': 'el directorio no conoce ese nombre y contraseña',
  'enter an e-mail address of at most 64 letters, digits and `{signs}`':
    'escribe una dirección de correo de hasta 64 letras, dígitos y `{signs}`',
  'people with this address sign in with {provider}; no account is needed':
    'quien tiene esta dirección inicia sesión con {provider}; no hace falta una cuenta',
  'accounts with an address of this domain are created by an administrator':
    'las cuentas con una dirección de este dominio las crea un administrador',
  'too many access keys are being created at once; try again':
    'se están creando demasiadas claves de acceso a la vez; inténtalo de nuevo',
  'the user name or password is not valid for this service':
    'el nombre de usuario o la contraseña no valen para este servicio',
  'no such credential, or another password': 'no existe esa credencial, o la contraseña es otra',
  'the credential is for another service': 'la credencial es de otro servicio',
  'the credential is inactive': 'la credencial está inactiva',
  'the credential has expired': 'la credencial ha caducado',
  'Operation does not support status {status}: it must be Active or Inactive':
    'el estado debe ser Active o Inactive, no {status}',
  'Duplicate certificate uploaded.': 'Este certificado ya está asociado a una persona de la cuenta.',
  'Duplicate SSH public key uploaded.': 'Esta clave SSH ya está asociada a esta persona.',
  'this response does not belong to a sign-in that was started here; return to the application and start again':
    'esta respuesta no corresponde a un inicio de sesión empezado aquí; vuelve a la aplicación y empieza de nuevo',
  'this response does not belong to this sign-in': 'esta respuesta no corresponde a este inicio de sesión',
  'this response was already used': 'esta respuesta ya se usó',
  'this sign-out request was already used': 'esta solicitud de cierre de sesión ya se usó',
  'you are not allowed to sign in this way': 'no puedes iniciar sesión de esta forma',
  'this step comes after the password': 'este paso va después de la contraseña',
  'that application has no access to withdraw': 'esa aplicación no tiene ningún acceso que retirar',
  'that identity is no longer connected': 'esa identidad ya no está vinculada',
  'that session has already ended': 'esa sesión ya ha terminado',
  'Syntax errors in policy. {fault}': 'La política tiene errores de sintaxis. {fault}',
  'Policy document must be version 2012-10-17 or greater. {fault}':
    'La versión de la política debe ser 2012-10-17. {fault}',
  'Policy document should not specify a principal. {fault}':
    'Esta política no puede nombrar una entidad principal. {fault}',
  'The policy failed legacy parsing {fault}': 'La política no tiene la forma correcta. {fault}',
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* {fault}':
    'Sid solo puede contener letras y dígitos. {fault}',
  'Statement IDs (SID) in a single policy must be unique. {fault}':
    'Cada Sid debe ser único en una política. {fault}',
  'The Statement Ids in the policy are not unique {fault}':
    'Cada Sid debe ser único en una política. {fault}',
  'Policy statement must contain actions. {fault}': 'Cada declaración debe contener acciones. {fault}',
  'Policy statement must contain resources. {fault}': 'Cada declaración debe contener recursos. {fault}',
  'Resource  must be in ARN format or "*". {fault}': 'Un recurso debe ser un ARN o "*". {fault}',
  'Resource vendor must be fully qualified and cannot contain regexes. {fault}':
    'El servicio del ARN de un recurso no puede contener comodines. {fault}',
  'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. {fault}':
    'Cada acción debe ir precedida de un servicio, por ejemplo iam. {fault}',
  'Actions/Condition can contain only one colon. {fault}':
    'Una acción solo puede contener dos puntos una vez. {fault}',
  'Vendor {service} is not valid {fault}': 'El servicio {service} no es válido. {fault}',
  'This policy contains invalid Json {fault}': 'La política no es JSON válido. {fault}',
  'The policy must contain a valid version string {fault}':
    'La política debe tener una versión válida. {fault}',
  'Could not parse the policy: Statement is empty! {fault}': 'La política no tiene declaraciones. {fault}',
  'Missing required field {field} {fault}': 'Falta {field}. {fault}',
  'Missing required field Principal cannot be empty! {fault}': 'Principal no puede estar vacío. {fault}',
  'Invalid effect: {effect} {fault}': 'Effect no es válido: {effect}. {fault}',
  'Allow with NotPrincipal is not allowed. {fault}': 'Allow no se permite con NotPrincipal. {fault}',
  'AssumeRole policy must not contain NotPrincipal field. {fault}':
    'Una política de confianza no puede contener NotPrincipal. {fault}',
  'Has prohibited field Resource {fault}': 'Una política de confianza no puede contener Resource. {fault}',
  'AssumeRole policy must not contain resources. {fault}':
    'Una política de confianza no puede contener recursos. {fault}',
  'AssumeRole policy may only specify STS AssumeRole actions. {fault}':
    'Una política de confianza solo puede nombrar acciones AssumeRole de STS. {fault}',
  'column {at} `{name}` is the same as column {other}':
    'la columna {at} `{name}` es la misma que la columna {other}',
  'is longer than {count} characters: a quote may not be closed':
    'supera {count} caracteres: quizá falte cerrar unas comillas',
  'client authentication failed': 'la autenticación del cliente falló',
  'client is invalid': 'el cliente no es válido',
  'client not found': 'no se encontró el cliente',
  'client mismatch': 'el cliente no coincide',
  "redirect_uri did not match any of the client's registered redirect_uris":
    'redirect_uri no es ninguna de las registradas del cliente',
  'redirect_uri `{uri}` is not registered for the client `{client}`':
    'redirect_uri `{uri}` no está registrada para el cliente `{client}`',
  'redirect_uri `{uri}` is not that of the authorization request':
    'redirect_uri `{uri}` no es la de la solicitud de autorización',
  'authorization code redirect_uri mismatch': 'redirect_uri no es la de la solicitud de autorización',
  'grant request is invalid': 'la solicitud de token no es válida',
  'request is invalid': 'la solicitud no es válida',
  'authorization code not found': 'no se encontró el código de autorización',
  'authorization code is expired': 'el código de autorización ha caducado',
  'authorization code already consumed': 'el código de autorización ya se usó',
  'refresh token not found': 'no se encontró el token de actualización',
  'refresh token is expired': 'el token de actualización ha caducado',
  'refresh token already used': 'el token de actualización ya se usó',
  'refresh token was already used': 'el token de actualización ya se usó',
  'the refresh token has expired': 'el token de actualización ha caducado',
  'the code is not valid: it is unknown, was used before, has expired, or was issued to another client':
    'el código no es válido: es desconocido, ya se usó, ha caducado o se emitió para otro cliente',
  'the refresh token is not valid: it is unknown, was used before, was revoked, has expired, or was issued to another client':
    'el token de actualización no es válido: es desconocido, ya se usó, se revocó, ha caducado o se emitió para otro cliente',
  'the device code is not valid: it is unknown, was used before, or was issued to another client':
    'el código de dispositivo no es válido: es desconocido, ya se usó o se emitió para otro cliente',
  'the code has expired': 'el código ha caducado',
  'grant not found': 'no se encontró el consentimiento',
  'grant is expired': 'el consentimiento ha caducado',
  'grant was already redeemed': 'ya se canjeó',
  'grant is being redeemed by another request': 'otra solicitud lo está canjeando',
  'this code was used by another request': 'otra solicitud usó este código',
  'requested scope is not allowed': 'el scope pedido no está permitido',
  'requested grant type is not allowed for this client': 'el cliente no puede usar ese tipo de concesión',
  'requested response_type is not allowed for this client': 'el cliente no puede usar ese response_type',
  'no client authentication mechanism provided': 'el cliente no se autenticó',
  'there is no client `{id}`, or it did not authenticate': 'el cliente `{id}` no existe o no se autenticó',
  'there is no client `{id}`': 'el cliente `{id}` no existe',
  'the client `{id}` may not use the grant `{grant}`':
    'el cliente `{id}` no puede usar la concesión `{grant}`',
  'the client may not ask for a resource `{resource}`': 'el cliente no puede pedir el recurso `{resource}`',
  '`{resource}` is not a resource this client may request':
    'este cliente no puede pedir el recurso `{resource}`',
  'none of the requested scopes can be granted': 'no se puede conceder ninguno de los scopes pedidos',
  'the user may not use this client': 'la persona no puede usar esta aplicación',
  'this client may not assume the requested role': 'esta aplicación no puede asumir el rol pedido',
  'the user denied the request': 'la persona rechazó la solicitud',
  'End-User aborted interaction': 'la persona canceló',
  'missing required parameter `{name}`': 'falta el parámetro `{name}`',
  'missing required parameter {name}': 'falta el parámetro {name}',
  '`code_verifier` is missing: the code was requested with PKCE':
    'falta `code_verifier`: el código se pidió con PKCE',
  '`code_verifier` does not match the `code_challenge`': '`code_verifier` no corresponde a `code_challenge`',
  'grant_type `{grant}` is not supported': 'grant_type `{grant}` no se admite',
  'this sign-in has ended or began in another browser; start again':
    'este inicio de sesión terminó o empezó en otro navegador; empieza de nuevo',
  'another request has continued this sign-in; try again':
    'otra solicitud continuó este inicio de sesión; inténtalo de nuevo',
  'too many wrong codes from this address; wait a while':
    'demasiados códigos incorrectos desde esta dirección; espera un rato',
  'the application was removed': 'la aplicación se eliminó',
  'the store is not reachable; try again': 'no se puede acceder al almacén; inténtalo de nuevo',
  'will be tried again: {why}': 'se volverá a intentar: {why}',
  'given up: {why}': 'abandonado: {why}',
  'Not authorized to perform {action}': 'Sin permiso para {action}',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny':
    '{who} no tiene permiso para {action} en {resource}: denegado de forma explícita',
  'User: {who} is not authorized to perform: {action} on resource: {resource}':
    '{who} no tiene permiso para {action} en {resource}',
  'No OpenIDConnect provider found in your account for {issuer}':
    'La cuenta no tiene un proveedor de OpenID Connect para {issuer}',
  "Specified provider doesn't exist": 'Ese proveedor no existe',
  '{provider} is disabled': '{provider} está desactivado',
  'LDAPUsername and LDAPPassword are not correct':
    'El nombre o la contraseña del directorio no son correctos',
  'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.':
    'La duración pedida supera la máxima de este rol.',
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining':
    'La duración pedida supera una hora, el límite de los roles encadenados',
  'The requested DurationSeconds exceeds the remaining lifetime of the calling session.':
    'La duración pedida supera lo que le queda a la sesión que llama.',
  'MultiFactorAuthentication failed with invalid MFA one time pass code.':
    'El código del segundo factor no es correcto.',
  'Packed policy consumes {count}% of allotted space, please use smaller policy.':
    'Las políticas ocupan el {count} % del espacio disponible; usa otras más pequeñas.',
  'a request for credentials was refused': 'se rechazó una solicitud de credenciales',
  'an OAuth request was refused': 'se rechazó una solicitud de OAuth',
  'no such access key': 'esa clave de acceso no existe',
  'the access key is inactive': 'la clave de acceso está inactiva',
  'The access key {id} is not of this server.': 'La clave de acceso {id} no es de este servidor.',
  'a session key was sent without its token': 'se envió una clave de sesión sin su token',
  'a long-term key was sent with a session token': 'se envió una clave permanente con un token de sesión',
  'the token is of another access key id': 'el token es de otro ID de clave de acceso',
  'there is no such role': 'ese rol no existe',
  'the role of the session was deleted': 'se eliminó el rol de la sesión',
  'The role of the calling session does not exist.': 'El rol de la sesión que llama no existe.',
  'the identity provider {provider} of the session was deleted or is disabled':
    'el proveedor de identidad {provider} de la sesión se eliminó o está desactivado',
  'the subject token is unknown, expired or revoked':
    'el token presentado es desconocido, ha caducado o se revocó',
  'the subject token is not acceptable': 'el token presentado no se acepta',
  'the subject token is not for `{client}`': 'el token presentado no es para `{client}`',
  'the subject token was issued to {client} and is not meant for {other}':
    'el token presentado se emitió para {client} y no es para {other}',
  'the user has not consented that this client assumes roles for them: the scope `roles` is missing':
    'la persona no ha consentido que esta aplicación asuma roles por ella: falta el scope `roles`',
  'this DPoP proof was already used; make a new one': 'esta prueba DPoP ya se usó; crea otra',
  'the token is not of the workload that acts for this client':
    'el token no es de la carga de trabajo que actúa por esta aplicación',
  'the request was signed for host `{host}`, received as `{received}`, and the issuer of this server is at `{issuer}`: set CHANCERY_ISSUER to the URL that clients use, or let the proxy keep the Host header':
    'la solicitud se firmó para el host `{host}`, llegó como `{received}` y el emisor de este servidor es `{issuer}`: pon en CHANCERY_ISSUER la URL que usan los clientes, o haz que el proxy conserve la cabecera Host',
  'the identity provider did not sign you in': 'el proveedor de identidad no inició tu sesión',
  'the identity provider’s response could not be verified':
    'no se pudo verificar la respuesta del proveedor de identidad',
  'the identity provider’s response has expired': 'la respuesta del proveedor de identidad ha caducado',
  'the identity provider did not send a permanent identifier for you':
    'el proveedor de identidad no envió un identificador permanente para ti',
  'the provider was changed in the meantime': 'el proveedor cambió entretanto',
  'no code in the answer': 'la respuesta no contiene ningún código',
  'the token endpoint refused the code: {why}': 'el punto de conexión de tokens rechazó el código: {why}',
  'the token endpoint refused us: {why}': 'el punto de conexión de tokens nos rechazó: {why}',
  'the token endpoint returned no ID token': 'el punto de conexión de tokens no devolvió un token de ID',
  'the ID token belongs to another sign-in: `nonce` differs':
    'el token de ID es de otro inicio de sesión: `nonce` es distinto',
  'the ID token is for another client': 'el token de ID es para otro cliente',
  'the ID token is of another issuer': 'el token de ID es de otro emisor',
  'the ID token was issued to another client: `azp`': 'el token de ID se emitió para otro cliente: `azp`',
  'the user did not authenticate again: `auth_time` is too old':
    'la persona no se autenticó de nuevo: `auth_time` es demasiado antiguo',
  "userinfo's `{claim}` is no subject": '`{claim}` de userinfo no es un sujeto',
  'the SAML response is not acceptable': 'la respuesta SAML no se acepta',
  'the SAML response has expired': 'la respuesta SAML ha caducado',
  'the metadata of the provider has expired': 'los metadatos del proveedor han caducado',
  'the Assertion is for another audience': 'la aserción es para otra audiencia',
  'the Assertion has no audience': 'la aserción no tiene audiencia',
  'the Assertion is not valid yet': 'la aserción aún no es válida',
  'the Assertion was issued in the future': 'la aserción se emitió en el futuro',
  'the Assertion is not signed': 'la aserción no está firmada',
  'the Response is not signed': 'la Response no está firmada',
  'nothing is signed': 'no hay nada firmado',
  'the assertion must be encrypted': 'la aserción debe estar cifrada',
  'the signature does not verify with any certificate of the provider':
    'la firma no corresponde a ningún certificado del proveedor',
  'Issuer is not the entity id of the provider': 'Issuer no es el ID de entidad del proveedor',
  'Recipient is not the address of this server': 'Recipient no es la dirección de este servidor',
  'Destination is not the address of this server': 'Destination no es la dirección de este servidor',
  'NameID must be of the format {format}': 'NameID debe tener el formato {format}',
  'the attribute `{name}` must have one value': 'el atributo `{name}` debe tener un solo valor',
  'the encrypted assertion cannot be decrypted': 'la aserción cifrada no se puede descifrar',
  'the directory refused this user': 'el directorio rechazó a esta persona',
  'the name matches more than one entry: {names}': 'el nombre corresponde a varias entradas: {names}',
  'the account has expired': 'la cuenta ha caducado',
  'the account is disabled': 'la cuenta está desactivada',
  'the account is locked': 'la cuenta está bloqueada',
  'the password has expired': 'la contraseña ha caducado',
  'the password must be changed': 'hay que cambiar la contraseña',
  'your password has expired; change it at your organization, then sign in again':
    'tu contraseña ha caducado; cámbiala en tu organización y vuelve a iniciar sesión',
  'your password must be changed; change it at your organization, then sign in again':
    'debes cambiar tu contraseña; cámbiala en tu organización y vuelve a iniciar sesión',
  'not allowed to sign in at this time': 'no se permite iniciar sesión a esta hora',
  'not allowed to sign in from here': 'no se permite iniciar sesión desde aquí',
  '{Conditions}, or {others}': '{Conditions}, o {others}',
  'policy document has 1 fault: {faults}': 'el documento tiene 1 error: {faults}',
  'policy document has {count} faults: {faults}': 'el documento tiene {count} errores: {faults}',
  'line {line}, column {column}: {fault}': 'línea {line}, columna {column}: {fault}',
  'must be typed again, because it was typed for other servers or too long ago':
    'debe escribirse de nuevo, porque se escribió para otros servidores o hace demasiado tiempo',
  'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`':
    'debe tener tras `spiffe://` un dominio de confianza con minúsculas, dígitos y `. _ -`',
  'Name a person.': 'Indica una persona.',
  'Name a group.': 'Indica un grupo.',
  'Name a role.': 'Indica un rol.',
  'is taken': 'ya está en uso',
  'Invalid Marker.': 'Esta página de la lista ya no existe.',
  'no {kind} is named': 'no se indica ningún nombre: {kind}',
  '1 validation error detected: {fault}': '1 valor no válido: {fault}',
  "Value at '{name}' failed to satisfy constraint: {what}": '{name}: {what}',
  'Member must not be null': 'es obligatorio',
  'Member must have length greater than or equal to {count}': 'debe tener al menos {count} caracteres',
  'Member must have length less than or equal to {count}': 'debe tener como máximo {count} caracteres',
  'Member must have value greater than or equal to {count}': 'debe ser al menos {count}',
  'Member must have value less than or equal to {count}': 'debe ser como máximo {count}',
  'Member must be between {least} and {most}': 'debe estar entre {least} y {most}',
  'Member must satisfy enum value set: {values}': 'debe ser uno de estos valores: {values}',
  'Member must satisfy regular expression pattern: {pattern}': 'debe cumplir este patrón: {pattern}',
  'signature is not strict base64url': 'la firma no es base64url estricto',
  'header is not strict base64url': 'la cabecera no es base64url estricto',
  'header is not UTF-8': 'la cabecera no es UTF-8',
  'header is not a JSON object without duplicate keys':
    'la cabecera no es un objeto JSON sin claves duplicadas',
  'payload is not strict base64url': 'el contenido no es base64url estricto',
  'payload is not UTF-8': 'el contenido no es UTF-8',
  'payload is not a JSON object without duplicate keys':
    'el contenido no es un objeto JSON sin claves duplicadas',
  'not three parts': 'no tiene tres partes',
  'longer than this server accepts': 'más largo de lo que acepta este servidor',
  'alg is not one this server takes': 'el algoritmo (alg) no se acepta aquí',
  'kid is unsafe': 'el identificador de clave (kid) no es seguro',
} as const
