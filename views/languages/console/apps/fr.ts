// The messages of Apps in French.
export const apps = {
  'Configuration file': 'Fichier de configuration',
  'Console or API': 'Console ou API',
  'Registered by itself': 'Enregistrée par elle-même',
  Everyone: 'Tout le monde',
  'Members of groups': 'Membres de groupes',
  'Whom a policy allows': 'Personnes autorisées par une stratégie',
  'New app': 'Nouvelle application',
  'Begins with': 'Commence par',
  'Name or client id': 'Nom ou ID client',
  'Comes from': 'Provenance',
  Anywhere: 'Toutes',
  State: 'État',
  'No apps match. An app is anything that signs people in with OpenID Connect.':
    'Aucune application ne correspond. Une application est tout ce à quoi on se connecte avec OpenID Connect.',
  'Pages of this app': 'Pages de cette application',
  Overview: 'Vue d’ensemble',
  'Connect the app': 'Connecter l’application',
  'Token preview': 'Aperçu des jetons',
  'This app comes from the configuration file, and is changed there.':
    'Cette application provient du fichier de configuration et s’y modifie.',
  'To sign people in': 'Pour la connexion',
  Issuer: 'Émetteur',
  'Client id': 'ID client',
  Discovery: 'Document de découverte',
  'Who may use it': 'Qui peut l’utiliser',
  Created: 'Création',
  Secrets: 'Secrets',
  Id: 'ID',
  'Last used': 'Dernière utilisation',
  'The only one': 'Le seul',
  'It has none.': 'Elle n’en a aucun.',
  'Secrets of this app are not kept here.': 'Les secrets de cette application ne sont pas gérés ici.',
  'Add a second secret': 'Ajouter un second secret',
  'Add a second one, give it to the app, then delete the first: nobody is signed out on the way.':
    'Ajoutez-en un second, donnez-le à l’application, puis supprimez le premier : personne n’est déconnecté entre-temps.',
  'Disable or delete': 'Désactiver ou supprimer',
  'It is disabled': 'Elle est désactivée',
  Disable: 'Désactiver',
  Enable: 'Activer',
  'The next sign-in of whoever uses it is refused.':
    'La prochaine connexion de ses utilisateurs est refusée.',
  Metadata: 'Métadonnées',
  'The person': 'La personne',
  'The app’s claims': 'Les claims de l’application',
  Claim: 'Claim',
  Value: 'Valeur',
  'None.': 'Aucun.',
  'What the app would get for a person. Nothing is issued.':
    'Ce que l’application obtiendrait pour une personne. Rien n’est émis.',
  'Show the tokens': 'Afficher les jetons',
  'Scopes: {scopes}': 'Scopes : {scopes}',
  'ID token': 'Jeton d’identité',
  Userinfo: 'Userinfo',
  'Access token, as introspection shows it': 'Jeton d’accès, tel que l’introspection le montre',
  'Access token': 'Jeton d’accès',
  'What is it? Afterwards you get the lines that it needs.':
    'De quel type d’application s’agit-il ? Vous obtenez ensuite les lignes dont elle a besoin.',
  'lines for {kind}, {language}': 'lignes pour {kind}, {language}',
  'With the values of this app in them. Look through the rest, and change it where your setup differs.':
    'Les valeurs de cette application y figurent déjà. Relisez le reste et adaptez-le à votre installation.',
  'The app is ready': 'L’application est prête',
  'Copy the secret now': 'Copiez le secret maintenant',
  'It has no secret: it proves itself with PKCE.': 'Elle n’a pas de secret : elle s’authentifie avec PKCE.',
  'It is shown only this once.': 'Il ne s’affiche que cette fois.',
  'the values': 'les valeurs',
  'To the app': 'Vers l’application',
  'I have copied it': 'Je l’ai copié',
  'What it is': 'Type d’application',
  Choose: 'Choisir',
  'Show the lines': 'Afficher les lignes',
  'This app registered itself, so it knows its values.':
    'Cette application s’est enregistrée elle-même : elle connaît ses valeurs.',
  'A secret is shown only when it is made. {link} when the first is lost.':
    'Un secret ne s’affiche qu’à sa création. {link} si le premier est perdu.',
  'First sign-in': 'Première connexion',
  'Look again': 'Vérifier à nouveau',
  Works: 'Fonctionne',
  'People sign in to it, the last one {date}.': 'Des personnes s’y connectent, la dernière fois le {date}.',
  'Refused since then': 'Refusé depuis',
  'Nobody has signed in to it yet. This came instead:':
    'Personne ne s’y est encore connecté. Voici ce qui est arrivé à la place :',
  'What came instead': 'Ce qui est arrivé à la place',
  Waiting: 'En attente',
  'Nobody has signed in to it yet. Start a sign-in at the app.':
    'Personne ne s’y est encore connecté. Lancez une connexion depuis l’application.',
  'Anybody can send such requests: check that they were your app’s.':
    'N’importe qui peut envoyer de telles requêtes : vérifiez qu’elles venaient de votre application.',
  '{date}, from an unknown address.': '{date}, depuis une adresse inconnue.',
  '{date}, from {address}.': '{date}, depuis {address}.',
  '{came} came, no redirect URI is registered.':
    '{came} est arrivée, aucune URI de redirection n’est enregistrée.',
  '{came} came, {registered} is registered.': '{came} est arrivée, {registered} est enregistrée.',
  'Add it': 'L’ajouter',
  'A redirect URI came that is not registered and cannot be shown.':
    'Une URI de redirection est arrivée, qui n’est pas enregistrée et ne peut pas être affichée.',
  'The app did not prove itself: its secret is another one, or it sends none.':
    'L’application ne s’est pas authentifiée : son secret est différent, ou elle n’en envoie pas.',
  'The app sent a code or token that is not valid, or not its own.':
    'L’application a envoyé un code ou un jeton non valide, ou qui n’est pas le sien.',
  'The app asked for a scope that there is not, or that it may not ask for.':
    'L’application a demandé un scope qui n’existe pas, ou qu’elle ne peut pas demander.',
  'The app asked for a resource that there is not.':
    'L’application a demandé une ressource qui n’existe pas.',
  'The app asked for a grant that its settings do not have.':
    'L’application a demandé un grant absent de ses paramètres.',
  'The app asked for another response type than code.':
    'L’application a demandé un autre type de réponse que code.',
  'The request of the app lacks something, or has something twice.':
    'Il manque un élément à la requête de l’application, ou un élément y figure deux fois.',
  'A request was refused.': 'Une requête a été refusée.',
  'People see it when they sign in.': 'Les personnes le voient en se connectant.',
  'Redirect URIs': 'URI de redirection',
  'Where sign-ins return to, one on each line, exactly as the app sends them.':
    'Adresses de retour après la connexion, une par ligne, exactement comme l’application les envoie.',
  'After sign-out': 'Après la déconnexion',
  'Where sign-outs return to.': 'Adresses de retour après la déconnexion.',
  'Opened from the list of apps on the account pages of those who may use it.':
    'Ouverte depuis la liste des applications sur les pages de compte des personnes qui peuvent l’utiliser.',
  'Home page': 'Page d’accueil',
  'Left empty, it is the address of the redirect URI.':
    'Si le champ est vide, c’est l’adresse de l’URI de redirection.',
  'Whom a policy allows oidc:SignIn': 'Selon une stratégie (oidc:SignIn)',
  'Names, separated by commas, when members of groups may use it.':
    'Noms séparés par des virgules, si les membres de groupes peuvent l’utiliser.',
  'Sign-in page': 'Page de connexion',
  'Opened instead of the home page, and starts a sign-in (initiate_login_uri). It gets the parameter iss.':
    'Ouverte à la place de la page d’accueil, elle lance une connexion (initiate_login_uri). Elle reçoit le paramètre iss.',
  Logo: 'Logo',
  'Address of a PNG, JPEG or WebP image of at most 16 kB.':
    'Adresse d’une image PNG, JPEG ou WebP de 16 ko au plus.',
  'People are not asked for consent': 'Le consentement des personnes n’est pas demandé',
  'For an app of your own. A native or public app whose redirect URI is not https still asks.':
    'Pour une application à vous. Une application native ou publique dont l’URI de redirection n’est pas en https le demande toujours.',
  'Another web application on a server': 'Autre application web sur un serveur',
  'web application on a server': 'application web sur un serveur',
  'Another single-page application': 'Autre application monopage',
  'single-page application': 'application monopage',
  'Another mobile or desktop application': 'Autre application mobile ou de bureau',
  'mobile or desktop application': 'application mobile ou de bureau',
  'How the app names itself. Left empty, it is chosen for you.':
    'L’ID avec lequel l’application s’identifie. Si le champ est vide, il est choisi pour vous.',
  'Where sign-ins return to. {kind}: {callbacks}.':
    'Adresses de retour après la connexion. {kind} : {callbacks}.',
  'Where sign-ins return to. {kind}: as a rule {callback}, with your address.':
    'Adresses de retour après la connexion. {kind} : en général {callback}, avec votre adresse.',
  '{one} and {other}': '{one} et {other}',
  'Something else': 'Autre chose',
  'Kinds of app': 'Types d’application',
  'New app: {kind}': 'Nouvelle application : {kind}',
  'Afterwards you get the lines that the app needs.':
    'Vous obtenez ensuite les lignes dont l’application a besoin.',
  'Create the app': 'Créer l’application',
  'The second client {id} was not made: {why}': 'Le second client {id} n’a pas été créé : {why}',
  'The redirect URI has characters that need quoting: the lines have an example in its place.':
    'L’URI de redirection contient des caractères à échapper : un exemple la remplace dans les lignes.',
  '{kind} sends {callbacks} as a rule, with its own address. This app is registered with {callback}.':
    '{kind} envoie en général {callbacks}, avec sa propre adresse. Cette application est enregistrée avec {callback}.',
  '{kind} sends {callbacks} as a rule. This app is registered with {callback}.':
    '{kind} envoie en général {callbacks}. Cette application est enregistrée avec {callback}.',
  '{name}, command line': '{name}, ligne de commande',
  'The app was saved.': 'L’application a été enregistrée.',
  'The redirect URI was added.': 'L’URI de redirection a été ajoutée.',
  'The app is disabled.': 'L’application est désactivée.',
  'The app is enabled.': 'L’application est activée.',
  'The app was deleted.': 'L’application a été supprimée.',
  'The secret was deleted.': 'Le secret a été supprimé.',
  'Add a second secret?': 'Ajouter un second secret ?',
  'The first one stays valid until it is deleted.': 'Le premier reste valide jusqu’à sa suppression.',
  'Add a secret': 'Ajouter un secret',
  'Disable {name}?': 'Désactiver {name} ?',
  'Nobody can sign in to it, and it gets no tokens. Sessions of roles that it made end.':
    'Personne ne peut s’y connecter, et elle ne reçoit aucun jeton. Les sessions de rôle qu’elle a créées prennent fin.',
  'Enable {name}?': 'Activer {name} ?',
  'People can sign in to it again. Sessions of roles that ended stay ended.':
    'Les personnes peuvent de nouveau s’y connecter. Les sessions de rôle terminées le restent.',
  'Nobody can sign in to it, and its tokens and secrets end. This cannot be undone.':
    'Personne ne peut s’y connecter, et ses jetons et secrets prennent fin. Cette action est irréversible.',
  'Delete the secret {secret} of {name}?': 'Supprimer le secret {secret} de {name} ?',
  'Whatever still uses it can no longer authenticate. The page of the app shows when it was last used.':
    'Ce qui l’utilise encore ne peut plus s’authentifier. La page de l’application indique sa dernière utilisation.',
  'Delete the secret': 'Supprimer le secret',
  'It is registered now.': 'Elle est maintenant enregistrée.',
  'The app comes from the configuration file: add it there if it is the app’s.':
    'L’application provient du fichier de configuration : ajoutez-y l’URI si c’est bien celle de l’application.',
  'The app registered itself, and changes its redirect URIs itself.':
    'L’application s’est enregistrée elle-même et modifie elle-même ses URI de redirection.',
  'It cannot be registered: it {fault}.': 'Elle ne peut pas être enregistrée : elle {fault}.',
  'Add a redirect URI?': 'Ajouter une URI de redirection ?',
  'Sign-ins to {app} could then also return to {uri}. It came {date} from {address}; anybody can send a request with any redirect URI. Add it only if it is your app’s.':
    'Après une connexion à {app}, le retour pourrait alors aussi se faire vers {uri}. Cette URI est arrivée le {date} depuis {address} ; n’importe qui peut envoyer une requête avec n’importe quelle URI de redirection. Ne l’ajoutez que si c’est celle de votre application.',
  'No registered redirect URI is at this address.':
    'Aucune URI de redirection enregistrée n’est à cette adresse.',
  'No registered redirect URI is at {host}.': 'Aucune URI de redirection enregistrée n’est sur {host}.',
  Products: 'Produits',
  'Web applications': 'Applications web',
  Programs: 'Programmes',
  '.NET, with ASP.NET Core': '.NET, avec ASP.NET Core',
  'Express, with Passport': 'Express, avec Passport',
  'Next.js and others, with Auth.js': 'Next.js et autres, avec Auth.js',
  'Single-page app': 'Application monopage',
  'Mobile app': 'Application mobile',
  'MCP client': 'Client MCP',
  'Python script': 'Script Python',
  'What this console and the activity call it.': 'Son nom dans cette console et dans l’activité.',
  'Program that signs nobody in': 'Programme qui ne connecte personne',
  'To get tokens': 'Pour obtenir des jetons',
  'Its next request for a token is refused.': 'Sa prochaine demande de jeton sera refusée.',
  'Enabled|app': 'Activée',
  'Disabled|app': 'Désactivée',
} as const
