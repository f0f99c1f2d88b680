// The messages of Providers in Spanish.
export const providers = {
  'Nobody can sign in with it until it is enabled again. People keep their accounts here.':
    'Nadie puede iniciar sesión con él hasta que se vuelva a activar. Las personas conservan sus cuentas aquí.',
  'People can sign in with it again. What ended stays ended.':
    'Se puede volver a iniciar sesión con él. Lo que terminó sigue terminado.',
  'Its settings are lost. People keep their accounts here, but cannot sign in with it; roles that trust it give no sessions for its tokens.':
    'Sus ajustes se pierden. Las personas conservan sus cuentas aquí, pero no pueden iniciar sesión con él; los roles que confían en él no dan sesiones por sus tokens.',
  'Left empty, it stays as it is.': 'Si se deja vacío, no cambia.',
  'Letters, digits and `.` `_` `-`. It is part of the addresses.':
    'Letras, dígitos y `.` `_` `-`. Forma parte de las direcciones.',
  Title: 'Título',
  'On its button on the sign-in page.': 'En su botón de la página de inicio de sesión.',
  'Client ID': 'ID de cliente',
  'As the provider shows it for the application that you registered there.':
    'Tal como lo muestra el proveedor para la aplicación que registraste allí.',
  'Client secret': 'Secreto de cliente',
  'It is never shown again.': 'No se vuelve a mostrar nunca.',
  'E-mail domains': 'Dominios de correo',
  'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.':
    'Dominios de los que responde: quien tiene una dirección así se envía a este proveedor, y una dirección que él verificó lleva a la persona que la tiene.',
  'People who are not known here get an account': 'Las personas desconocidas aquí reciben una cuenta',
  'Second factor here': 'Segundo factor aquí',
  'Of everyone, unless the provider reports one': 'Todos, salvo si el proveedor indica uno',
  'Only of those who set one up here': 'Solo quienes configuraron uno aquí',
  Mapping: 'Asignación',
  'Which claims become names, groups and tags, as JSON. Without `groups` it gives none.':
    'Qué claims se convierten en nombres, grupos y etiquetas, en JSON. Sin `groups` no asigna ningún grupo.',
  'Signing out here signs out there as well': 'Al cerrar la sesión aquí se cierra también allí',
  'Exactly as in `iss`; its discovery document is below it.':
    'Exactamente como en `iss`; su documento de descubrimiento está debajo.',
  'Google Workspace domain': 'Dominio de Google Workspace',
  'Only its accounts may sign in. Left empty, anybody with a Google account may.':
    'Solo sus cuentas pueden iniciar sesión. Si se deja vacío, puede hacerlo cualquiera con una cuenta de Google.',
  'Metadata URL': 'URL de los metadatos',
  'Fetched again and again, so that new certificates count by themselves.':
    'Se obtiene periódicamente, de modo que los certificados nuevos valen por sí solos.',
  'Entity ID': 'ID de entidad',
  'Of the provider, with a metadata URL.': 'El del proveedor, si se usa una URL de metadatos.',
  'The XML itself, where there is no URL.': 'El propio XML, si no hay URL.',
  Servers: 'Servidores',
  'One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.':
    'Uno por línea, se prueban en orden. Los hosts privados deben estar en CHANCERY_OUTBOUND_ALLOW.',
  'StartTLS, for ldap:// addresses': 'StartTLS, para direcciones ldap://',
  'Base DN': 'DN base',
  'Bind DN': 'DN de enlace',
  'Who searches for people.': 'Quién busca a las personas.',
  'Bind password': 'Contraseña de enlace',
  'User filter': 'Filtro de usuarios',
  'Certificate authority': 'Autoridad de certificación',
  'PEM, where no public authority issued its certificate.':
    'PEM, si su certificado no lo emitió una autoridad pública.',
  'Authorization endpoint': 'Punto de conexión de autorización',
  'Where browsers are sent.': 'Adonde se envían los navegadores.',
  'Token endpoint': 'Punto de conexión de tokens',
  'Where the code is redeemed.': 'Donde se canjea el código.',
  'User endpoint': 'Punto de conexión del usuario',
  'Returns the person as a JSON object.': 'Devuelve la persona como objeto JSON.',
  Namespace: 'Espacio de nombres',
  'Any URL of theirs that stays.': 'Cualquier URL suya que permanezca.',
  Subject: 'Sujeto',
  'The field that never changes and is never given to anybody else.':
    'El campo que nunca cambia ni se asigna a otra persona.',
  'Left empty, it is github.com.': 'Si se deja vacío, es github.com.',
  '{where}: the redirect URI (callback URL) of the application.':
    '{where}: la URI de redirección (URL de retorno) de la aplicación.',
  'With the id of your tenant, not `common`.': 'Con el ID de tu inquilino, no `common`.',
  'The address of your organization, or of an authorization server.':
    'La dirección de tu organización o de un servidor de autorización.',
  'The domain of your tenant, with the slash at its end.':
    'El dominio de tu inquilino, con la barra al final.',
  'The address of the realm.': 'La dirección del realm.',
  '{where}, with the scopes openid, profile and email: the redirect URI (callback URL) of the application.':
    '{where}, con los scopes openid, profile y email: la URI de redirección (URL de retorno) de la aplicación.',
  'gitlab.com, or the address of your GitLab.': 'gitlab.com, o la dirección de tu GitLab.',
  'Any OpenID Connect provider': 'Otro proveedor de OpenID Connect',
  'As the redirect URI (callback URL) of the application.':
    'Como URI de redirección (URL de retorno) de la aplicación.',
  'Any OAuth 2 provider': 'Otro proveedor de OAuth 2',
  'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.':
    'Como proveedor de servicios: con estos metadatos, o con su ID de entidad y el Assertion Consumer Service.',
  'LDAP or Active Directory': 'LDAP o Active Directory',
  'New provider': 'Nuevo proveedor',
  'Check and create': 'Comprobar y crear',
  'Create anyway': 'Crear de todos modos',
  'The provider was created. People can sign in with it.':
    'El proveedor se ha creado. Ya se puede iniciar sesión con él.',
  'The provider was saved.': 'El proveedor se ha guardado.',
  'The provider is disabled.': 'El proveedor está desactivado.',
  'The provider is enabled.': 'El proveedor está activado.',
  'The provider was deleted.': 'El proveedor se ha eliminado.',
  'Checked with the keys of the provider, and not kept.':
    'Se comprueba con las claves del proveedor y no se guarda.',
  Claims: 'Claims',
  'JSON, as if the provider had sent it.': 'JSON, como si lo hubiera enviado el proveedor.',
  Try: 'Probar',
  'With what do people sign in?': '¿Con qué inician sesión las personas?',
  'Only check': 'Solo comprobar',
  'New provider: {kind}': 'Nuevo proveedor: {kind}',
  'This provider comes from the configuration file, and is changed there, under `identity_providers`.':
    'Este proveedor viene del archivo de configuración y se cambia allí, en `identity_providers`.',
  'It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.':
    'Estaba en un archivo de configuración anterior y nadie inicia sesión con él. Cambia aquí sus ajustes para volver a usarlo, o elimínalo.',
  For: 'Para',
  'People who sign in': 'Personas que inician sesión',
  'Check now': 'Comprobar ahora',
  'Set. It is not shown.': 'Establecido. No se muestra.',
  'Set by API or file': 'Establecido por API o archivo',
  '{beginning}… ({count} characters)': '{beginning}… ({count} caracteres)',
  'Change it': 'Cambiar',
  'Change settings': 'Cambiar los ajustes',
  'Register at the provider': 'Registrar en el proveedor',
  'Metadata, and entity ID': 'Metadatos e ID de entidad',
  'Redirect URI': 'URI de redirección',
  'Assertion consumer service': 'Assertion Consumer Service',
  'Where browsers return to after a sign-out': 'Adonde vuelven los navegadores tras cerrar la sesión',
  'Where people sign in, and whose tokens workloads bring.':
    'Donde las personas inician sesión, y de quién son los tokens que traen las cargas de trabajo.',
  'Identity providers': 'Proveedores de identidad',
  'None yet. People sign in with a password or a passkey. A provider for workloads is made together with a {role}.':
    'Ninguno todavía. Las personas inician sesión con una contraseña o una llave de acceso. Un proveedor para cargas de trabajo se crea junto con un {role}.',
  role: 'rol',
  High: 'Alto',
  Medium: 'Medio',
  Low: 'Bajo',
  'Does it answer?': '¿Responde?',
  'This kind has nothing that is asked.': 'Este tipo no tiene nada que consultar.',
  Passes: 'Correcto',
  Fails: 'Falla',
  Warnings: 'Advertencias',
  'No warnings.': 'Ninguna advertencia.',
  'Try it': 'Probarlo',
  'What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.':
    'Lo que un inicio de sesión haría con un token de ID o con claims. No se guarda nada y nadie inicia sesión.',
  Token: 'Token',
  'Display name': 'Nombre para mostrar',
  Tags: 'Etiquetas',
  'Second factor': 'Segundo factor',
  'The token was not checked.': 'El token no se comprobó.',
  'If it is valid: {outcome}': 'Si es válido: {outcome}',
  'Would sign in as {user}, who {why}.': 'Iniciaría la sesión de {user}: {why}.',
  'Would join {user}: {why}.': 'Se vincularía a {user}: {why}.',
  'Would create {user}: {why}.': 'Crearía {user}: {why}.',
  'Would be refused: {why}.': 'Se denegaría: {why}.',
  Valid: 'Válido',
  'Signature, issuer, audience and times.': 'Firma, emisor, audiencia y fechas.',
  'Not checked': 'Sin comprobar',
  '{email}, verified': '{email}, verificado',
  '{email}, not verified': '{email}, sin verificar',
  '{name} (no such group here)': '{name} (aquí no existe ese grupo)',
  'The provider asked for it.': 'Lo pidió el proveedor.',
  'Asked for here.': 'Se pide aquí.',
  'Asked for here of those who have one.': 'Se pide aquí a quienes tienen uno.',
  'Further settings': 'Más ajustes',
  'Who may sign in': 'Quién puede iniciar sesión',
  'Rules as in the mapping, as JSON. Each must find a value, or the sign-in is refused.':
    'Reglas como en la asignación, en JSON. Cada una debe encontrar un valor; si no, el inicio de sesión se deniega.',
  Scopes: 'Scopes',
  'How the client secret is sent': 'Cómo se envía el secreto de cliente',
  'Methods that are a second factor': 'Métodos que valen como segundo factor',
  'Left empty: `openid`, `profile` and `email`.': 'Si se deja vacío: `openid`, `profile` y `email`.',
  'Signature algorithms': 'Algoritmos de firma',
  'Of its ID tokens. Left empty: `RS256`, `ES256`, `PS256` and `EdDSA`.':
    'De sus tokens de ID. Si se deja vacío: `RS256`, `ES256`, `PS256` y `EdDSA`.',
  'JWK or PEM, in the place of the client secret: assertions are signed with it (`private_key_jwt`). It is never shown again.':
    'JWK o PEM, en lugar del secreto de cliente: con ella se firman aserciones (`private_key_jwt`). No se vuelve a mostrar nunca.',
  'Claims are read from the userinfo endpoint as well':
    'Leer también los claims del punto de conexión userinfo',
  'Values of `amr` by which the provider reports one, for instance `mfa`.':
    'Valores de `amr` con los que el proveedor indica uno, por ejemplo `mfa`.',
  'Context classes that are a second factor': 'Clases de contexto que valen como segundo factor',
  'Values of `acr` by which the provider reports one.':
    'Valores de `acr` con los que el proveedor indica uno.',
  'Left empty: `read:user` and `user:email`.': 'Si se deja vacío: `read:user` y `user:email`.',
  'What is asked of the provider.': 'Lo que se pide al proveedor.',
  'Addresses endpoint': 'Punto de conexión de direcciones',
  'Returns a list of objects with `email`, `verified` and `primary`.':
    'Devuelve una lista de objetos con `email`, `verified` y `primary`.',
  'Base DN of groups': 'DN base de los grupos',
  'Groups below it that contain the person are looked up. While all fields of groups are empty, none are; with Active Directory, those below the base DN.':
    'Se buscan los grupos que estén debajo y contengan a la persona. Si todos los campos de grupos están vacíos, no se busca ninguno; con Active Directory, los que estén bajo el DN base.',
  'Group filter': 'Filtro de grupos',
  'With `{dn}` in the place of the person.': 'Con `{dn}` en el lugar de la persona.',
  'Name of groups': 'Nombre de los grupos',
  'The attribute with it; `dn` is the whole name.': 'El atributo que lo tiene; `dn` es el nombre completo.',
  'Levels of groups in groups': 'Niveles de grupos dentro de grupos',
  '1 to 20.': 'De 1 a 20.',
  'Certificate of the metadata': 'Certificado de los metadatos',
  'PEM. The metadata of the URL must be signed with it.':
    'PEM. Los metadatos de la URL deben estar firmados con él.',
  'What the provider must sign': 'Lo que el proveedor debe firmar',
  'The assertion': 'La aserción',
  'The response': 'La respuesta',
  'The assertion and the response': 'La aserción y la respuesta',
  'One of the two': 'Una de las dos',
  'PEM. The provider verifies requests of this server with it.':
    'PEM. Con él verifica el proveedor las solicitudes de este servidor.',
  'PEM, of that certificate: requests of this server are signed with it. It is never shown again.':
    'PEM, de ese certificado: con ella se firman las solicitudes de este servidor. No se vuelve a mostrar nunca.',
  'Only encrypted assertions are accepted': 'Aceptar solo aserciones cifradas',
  'Certificates for encryption': 'Certificados de cifrado',
  'PEM, the newest first, at most three. A certificate that is removed is removed with its key.':
    'PEM, el más reciente primero, tres como máximo. Un certificado que se quita se quita con su clave.',
  'Private keys for encryption': 'Claves privadas de cifrado',
  'PEM, in the order of the certificates, from the first on. Keys of certificates that were here before stay. They are never shown again.':
    'PEM, en el orden de los certificados, desde el primero. Las claves de los certificados que ya estaban se mantienen. No se vuelven a mostrar nunca.',
  'Context classes, or methods of Microsoft Entra ID, by which the provider reports one, for instance {example}.':
    'Clases de contexto, o métodos de Microsoft Entra ID, con los que el proveedor indica uno, por ejemplo {example}.',
  'What you typed is kept. Leave it empty to use that.':
    'Lo que escribiste se conserva. Deja el campo vacío para usarlo.',
  'Enabled|provider': 'Activado',
  'Disabled|provider': 'Desactivado',
  'End what began with {name}?': '¿Finalizar lo que empezó con {name}?',
  'People sign in with it again when they come back. Do this after a key or a server of the provider was stolen and its settings were changed.':
    'Las personas vuelven a iniciar sesión con él cuando regresan. Hazlo después de que se robe una clave o un servidor del proveedor y se cambie su configuración.',
  'End sessions': 'Finalizar sesiones',
  'The provider was saved. What began with it before goes on: end the sessions if its earlier keys or server are no longer to be trusted.':
    'El proveedor se ha guardado. Lo que empezó antes con él continúa: finaliza las sesiones si sus claves o su servidor anteriores ya no son de confianza.',
  'Sessions, tokens and role sessions that began with the provider have ended.':
    'Las sesiones, los tokens y las sesiones de rol que empezaron con el proveedor han terminado.',
} as const
