// The messages of Apps in Spanish.
export const apps = {
  'Configuration file': 'Archivo de configuración',
  'Console or API': 'Consola o API',
  'Registered by itself': 'Registrada por sí misma',
  Everyone: 'Todo el mundo',
  'Members of groups': 'Miembros de grupos',
  'Whom a policy allows': 'Personas autorizadas por una política',
  'New app': 'Nueva aplicación',
  'Begins with': 'Empieza por',
  'Name or client id': 'Nombre o ID de cliente',
  'Comes from': 'Procedencia',
  Anywhere: 'Cualquiera',
  State: 'Estado',
  'No apps match. An app is anything that signs people in with OpenID Connect.':
    'Ninguna aplicación coincide. Una aplicación es todo aquello en lo que se inicia sesión con OpenID Connect.',
  'Pages of this app': 'Páginas de esta aplicación',
  Overview: 'Resumen',
  'Connect the app': 'Conectar la aplicación',
  'Token preview': 'Vista previa de tokens',
  'This app comes from the configuration file, and is changed there.':
    'Esta aplicación procede del archivo de configuración y se cambia allí.',
  'To sign people in': 'Para el inicio de sesión',
  Issuer: 'Emisor',
  'Client id': 'ID de cliente',
  Discovery: 'Documento de descubrimiento',
  'Who may use it': 'Quién puede usarla',
  Created: 'Creación',
  Secrets: 'Secretos',
  Id: 'ID',
  'Last used': 'Último uso',
  'The only one': 'El único',
  'It has none.': 'No tiene ninguno.',
  'Secrets of this app are not kept here.': 'Los secretos de esta aplicación no se gestionan aquí.',
  'Add a second secret': 'Añadir un segundo secreto',
  'Add a second one, give it to the app, then delete the first: nobody is signed out on the way.':
    'Añade un segundo, dáselo a la aplicación y elimina después el primero: nadie pierde la sesión entretanto.',
  'Disable or delete': 'Desactivar o eliminar',
  'It is disabled': 'Está desactivada',
  Disable: 'Desactivar',
  Enable: 'Activar',
  'The next sign-in of whoever uses it is refused.':
    'Se rechaza el siguiente inicio de sesión de quien la use.',
  Metadata: 'Metadatos',
  'The person': 'La persona',
  'The app’s claims': 'Los claims de la aplicación',
  Claim: 'Claim',
  Value: 'Valor',
  'None.': 'Ninguno.',
  'What the app would get for a person. Nothing is issued.':
    'Lo que la aplicación recibiría de una persona. No se emite nada.',
  'Show the tokens': 'Mostrar los tokens',
  'Scopes: {scopes}': 'Scopes: {scopes}',
  'ID token': 'Token de ID',
  Userinfo: 'Userinfo',
  'Access token, as introspection shows it': 'Token de acceso, tal como lo muestra la introspección',
  'Access token': 'Token de acceso',
  'What is it? Afterwards you get the lines that it needs.':
    '¿Qué tipo de aplicación es? Después recibes las líneas que necesita.',
  'lines for {kind}, {language}': 'líneas para {kind}, {language}',
  'With the values of this app in them. Look through the rest, and change it where your setup differs.':
    'Ya contienen los valores de esta aplicación. Revisa el resto y cámbialo donde tu instalación sea distinta.',
  'The app is ready': 'La aplicación está lista',
  'Copy the secret now': 'Copia el secreto ahora',
  'It has no secret: it proves itself with PKCE.': 'No tiene secreto: se acredita con PKCE.',
  'It is shown only this once.': 'Solo se muestra esta vez.',
  'the values': 'los valores',
  'To the app': 'Ir a la aplicación',
  'I have copied it': 'Ya lo he copiado',
  'What it is': 'Tipo de aplicación',
  Choose: 'Elegir',
  'Show the lines': 'Mostrar las líneas',
  'This app registered itself, so it knows its values.':
    'Esta aplicación se registró por sí misma, así que conoce sus valores.',
  'A secret is shown only when it is made. {link} when the first is lost.':
    'Un secreto solo se muestra al crearlo. {link} si se ha perdido el primero.',
  'First sign-in': 'Primer inicio de sesión',
  'Look again': 'Comprobar de nuevo',
  Works: 'Funciona',
  'People sign in to it, the last one {date}.':
    'Hay personas que inician sesión en ella; la última, el {date}.',
  'Refused since then': 'Rechazado desde entonces',
  'Nobody has signed in to it yet. This came instead:':
    'Todavía nadie ha iniciado sesión en ella. En su lugar llegó esto:',
  'What came instead': 'Lo que llegó en su lugar',
  Waiting: 'En espera',
  'Nobody has signed in to it yet. Start a sign-in at the app.':
    'Todavía nadie ha iniciado sesión en ella. Inicia sesión desde la aplicación.',
  'Anybody can send such requests: check that they were your app’s.':
    'Cualquiera puede enviar solicitudes así: comprueba que eran de tu aplicación.',
  '{date}, from an unknown address.': '{date}, desde una dirección desconocida.',
  '{date}, from {address}.': '{date}, desde {address}.',
  '{came} came, no redirect URI is registered.':
    'Llegó {came}; no hay ninguna URI de redirección registrada.',
  '{came} came, {registered} is registered.': 'Llegó {came}; está registrada {registered}.',
  'Add it': 'Añadirla',
  'A redirect URI came that is not registered and cannot be shown.':
    'Llegó una URI de redirección que no está registrada y no se puede mostrar.',
  'The app did not prove itself: its secret is another one, or it sends none.':
    'La aplicación no se acreditó: su secreto es otro o no envía ninguno.',
  'The app sent a code or token that is not valid, or not its own.':
    'La aplicación envió un código o token que no es válido o no es suyo.',
  'The app asked for a scope that there is not, or that it may not ask for.':
    'La aplicación pidió un scope que no existe o que no puede pedir.',
  'The app asked for a resource that there is not.': 'La aplicación pidió un recurso que no existe.',
  'The app asked for a grant that its settings do not have.':
    'La aplicación pidió un grant que no está en sus ajustes.',
  'The app asked for another response type than code.':
    'La aplicación pidió un tipo de respuesta distinto de code.',
  'The request of the app lacks something, or has something twice.':
    'A la solicitud de la aplicación le falta algo o tiene algo repetido.',
  'A request was refused.': 'Se rechazó una solicitud.',
  'People see it when they sign in.': 'Las personas lo ven al iniciar sesión.',
  'Redirect URIs': 'URI de redirección',
  'Where sign-ins return to, one on each line, exactly as the app sends them.':
    'Direcciones de retorno tras iniciar sesión, una por línea, exactamente como las envía la aplicación.',
  'After sign-out': 'Tras cerrar sesión',
  'Where sign-outs return to.': 'Direcciones de retorno tras cerrar sesión.',
  'Opened from the list of apps on the account pages of those who may use it.':
    'Se abre desde la lista de aplicaciones en las páginas de cuenta de quienes pueden usarla.',
  'Home page': 'Página de inicio',
  'Left empty, it is the address of the redirect URI.':
    'Si se deja vacío, es la dirección de la URI de redirección.',
  'Whom a policy allows oidc:SignIn': 'Según una política (oidc:SignIn)',
  'Names, separated by commas, when members of groups may use it.':
    'Nombres separados por comas, si pueden usarla miembros de grupos.',
  'Sign-in page': 'Página de inicio de sesión',
  'Opened instead of the home page, and starts a sign-in (initiate_login_uri). It gets the parameter iss.':
    'Se abre en lugar de la página de inicio y empieza un inicio de sesión (initiate_login_uri). Recibe el parámetro iss.',
  Logo: 'Logotipo',
  'Address of a PNG, JPEG or WebP image of at most 16 kB.':
    'Dirección de una imagen PNG, JPEG o WebP de 16 kB como máximo.',
  'People are not asked for consent': 'No se pide el consentimiento de las personas',
  'For an app of your own. A native or public app whose redirect URI is not https still asks.':
    'Para una aplicación propia. Una aplicación nativa o pública cuya URI de redirección no sea https lo sigue pidiendo.',
  'Another web application on a server': 'Otra aplicación web en un servidor',
  'web application on a server': 'aplicación web en un servidor',
  'Another single-page application': 'Otra aplicación de página única',
  'single-page application': 'aplicación de página única',
  'Another mobile or desktop application': 'Otra aplicación móvil o de escritorio',
  'mobile or desktop application': 'aplicación móvil o de escritorio',
  'How the app names itself. Left empty, it is chosen for you.':
    'El ID con el que se identifica la aplicación. Si se deja vacío, se elige uno.',
  'Where sign-ins return to. {kind}: {callbacks}.':
    'Direcciones de retorno tras iniciar sesión. {kind}: {callbacks}.',
  'Where sign-ins return to. {kind}: as a rule {callback}, with your address.':
    'Direcciones de retorno tras iniciar sesión. {kind}: por lo general {callback}, con tu dirección.',
  '{one} and {other}': '{one} y {other}',
  'Something else': 'Otra cosa',
  'Kinds of app': 'Tipos de aplicación',
  'New app: {kind}': 'Nueva aplicación: {kind}',
  'Afterwards you get the lines that the app needs.':
    'Después recibes las líneas que necesita la aplicación.',
  'Create the app': 'Crear la aplicación',
  'The second client {id} was not made: {why}': 'No se creó el segundo cliente {id}: {why}',
  'The redirect URI has characters that need quoting: the lines have an example in its place.':
    'La URI de redirección tiene caracteres que habría que escapar: en su lugar, las líneas llevan un ejemplo.',
  '{kind} sends {callbacks} as a rule, with its own address. This app is registered with {callback}.':
    '{kind} envía por lo general {callbacks}, con su propia dirección. Esta aplicación está registrada con {callback}.',
  '{kind} sends {callbacks} as a rule. This app is registered with {callback}.':
    '{kind} envía por lo general {callbacks}. Esta aplicación está registrada con {callback}.',
  '{name}, command line': '{name}, línea de comandos',
  'The app was saved.': 'La aplicación se ha guardado.',
  'The redirect URI was added.': 'Se ha añadido la URI de redirección.',
  'The app is disabled.': 'La aplicación está desactivada.',
  'The app is enabled.': 'La aplicación está activada.',
  'The app was deleted.': 'La aplicación se ha eliminado.',
  'The secret was deleted.': 'El secreto se ha eliminado.',
  'Add a second secret?': '¿Añadir un segundo secreto?',
  'The first one stays valid until it is deleted.': 'El primero sigue siendo válido hasta que se elimine.',
  'Add a secret': 'Añadir un secreto',
  'Disable {name}?': '¿Desactivar {name}?',
  'Nobody can sign in to it, and it gets no tokens. Sessions of roles that it made end.':
    'Nadie puede iniciar sesión en ella y no recibe tokens. Terminan las sesiones de rol que creó.',
  'Enable {name}?': '¿Activar {name}?',
  'People can sign in to it again. Sessions of roles that ended stay ended.':
    'Las personas pueden volver a iniciar sesión en ella. Las sesiones de rol que terminaron siguen terminadas.',
  'Nobody can sign in to it, and its tokens and secrets end. This cannot be undone.':
    'Nadie puede iniciar sesión en ella, y sus tokens y secretos dejan de valer. Esto no se puede deshacer.',
  'Delete the secret {secret} of {name}?': '¿Eliminar el secreto {secret} de {name}?',
  'Whatever still uses it can no longer authenticate. The page of the app shows when it was last used.':
    'Lo que todavía lo use ya no podrá autenticarse. La página de la aplicación muestra cuándo se usó por última vez.',
  'Delete the secret': 'Eliminar el secreto',
  'It is registered now.': 'Ya está registrada.',
  'The app comes from the configuration file: add it there if it is the app’s.':
    'La aplicación procede del archivo de configuración: añade la URI allí si es de la aplicación.',
  'The app registered itself, and changes its redirect URIs itself.':
    'La aplicación se registró por sí misma y cambia ella misma sus URI de redirección.',
  'It cannot be registered: it {fault}.': 'No se puede registrar: {fault}.',
  'Add a redirect URI?': '¿Añadir una URI de redirección?',
  'Sign-ins to {app} could then also return to {uri}. It came {date} from {address}; anybody can send a request with any redirect URI. Add it only if it is your app’s.':
    'Tras iniciar sesión en {app}, se podría volver entonces también a {uri}. Llegó el {date} desde {address}; cualquiera puede enviar una solicitud con cualquier URI de redirección. Añádela solo si es de tu aplicación.',
  'No registered redirect URI is at this address.':
    'Ninguna URI de redirección registrada está en esta dirección.',
  'No registered redirect URI is at {host}.': 'Ninguna URI de redirección registrada está en {host}.',
  Products: 'Productos',
  'Web applications': 'Aplicaciones web',
  Programs: 'Programas',
  '.NET, with ASP.NET Core': '.NET con ASP.NET Core',
  'Express, with Passport': 'Express con Passport',
  'Next.js and others, with Auth.js': 'Next.js y otros, con Auth.js',
  'Single-page app': 'Aplicación de página única',
  'Mobile app': 'Aplicación móvil',
  'MCP client': 'Cliente MCP',
  'Python script': 'Script de Python',
  'What this console and the activity call it.': 'Su nombre en esta consola y en la actividad.',
  'Program that signs nobody in': 'Programa sin inicio de sesión de personas',
  'To get tokens': 'Para obtener tokens',
  'Its next request for a token is refused.': 'Su próxima solicitud de un token se rechazará.',
  'Enabled|app': 'Activada',
  'Disabled|app': 'Desactivada',
} as const
