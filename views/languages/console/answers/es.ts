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
  'must name groups that exist: there is no group `{name}` in this account':
    'nombra un grupo que no existe en esta cuenta: `{name}`',
  'is refused: {why}': 'rechazado: {why}',
  'It was changed since it was read: read it again and repeat the change with its new ETag.':
    'Entre tanto hubo otro cambio. Vuelve a cargar la página y repite el cambio.',
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
  'Invalid redirect uri': 'URI de redirección no válido',
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
  'the private key must be the one that belongs to the certificate':
    'la clave privada debe ser la del certificado',
  'the private key must be an unencrypted private key in PEM':
    'la clave privada debe ser una clave en PEM sin cifrar',
  'the certificate must be a single X.509 certificate in PEM':
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
  '{condition}; statement {statement}: {others}': '{condition}; declaración {statement}: {others}',
  'statement {statement} of {document} (line {line}): {condition}':
    'declaración {statement} de {document} (línea {line}): {condition}',
  'statement {statement}: {condition}': 'declaración {statement}: {condition}',
  '{operator} of `{key}` with {wanted}; the request does not have it':
    '{operator} de `{key}` con {wanted}; la solicitud no la tiene',
  '{operator} of `{key}` with {wanted}; it is {seen}, a list: write `{written}`':
    '{operator} de `{key}` con {wanted}; es {seen}, una lista: escribe `{written}`',
  '{operator} of `{key}` with {wanted}; it is {seen}, which differs in upper and lower case only':
    '{operator} de `{key}` con {wanted}; es {seen}, que solo se diferencia en mayúsculas y minúsculas',
  '{operator} of `{key}` with {wanted}; it is {seen}': '{operator} de `{key}` con {wanted}; es {seen}',
  '`{one}` or `{two}` or `{three}` or one of {count} more':
    '`{one}`, `{two}`, `{three}` o uno de {count} más',
  '`{one}` or `{two}` or `{three}`': '`{one}`, `{two}` o `{three}`',
  '`{one}` or `{two}`': '`{one}` o `{two}`',
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
} as const
