// The messages of Providers in French.
export const providers = {
  'Nobody can sign in with it until it is enabled again. People keep their accounts here.':
    'Personne ne peut s’y connecter tant qu’il n’est pas réactivé. Les personnes conservent leur compte ici.',
  'People can sign in with it again. What ended stays ended.':
    'Il est de nouveau possible de s’y connecter. Ce qui a pris fin le reste.',
  'Its settings are lost. People keep their accounts here, but cannot sign in with it; roles that trust it give no sessions for its tokens.':
    'Ses paramètres sont perdus. Les personnes conservent leur compte ici, mais ne peuvent plus s’y connecter ; les rôles qui lui font confiance n’ouvrent plus de session pour ses jetons.',
  'Left empty, it stays as it is.': 'Laissé vide, il reste inchangé.',
  'Letters, digits and `.` `_` `-`. It is part of the addresses.':
    'Lettres, chiffres et `.` `_` `-`. Il fait partie des adresses.',
  Title: 'Titre',
  'On its button on the sign-in page.': 'Sur son bouton de la page de connexion.',
  'Client ID': 'ID client',
  'As the provider shows it for the application that you registered there.':
    'Tel que le fournisseur l’affiche pour l’application que vous y avez enregistrée.',
  'Client secret': 'Secret client',
  'It is never shown again.': 'Il n’est plus jamais affiché.',
  'E-mail domains': 'Domaines e-mail',
  'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.':
    'Ceux pour lesquels il fait foi : les personnes ayant une telle adresse y sont dirigées, et une adresse qu’il a vérifiée mène à la personne qui la possède.',
  'People who are not known here get an account': 'Les personnes inconnues ici reçoivent un compte',
  'Second factor here': 'Second facteur ici',
  'Of everyone, unless the provider reports one': 'Tous, sauf facteur chez le fournisseur',
  'Only of those who set one up here': 'Seulement qui en a configuré un ici',
  Mapping: 'Correspondance',
  'Which claims become names, groups and tags, as JSON. Without `groups` it gives none.':
    'Quels claims deviennent noms, groupes et étiquettes, en JSON. Sans `groups`, aucun groupe n’est attribué.',
  'Signing out here signs out there as well': 'Se déconnecter ici déconnecte aussi là-bas',
  'Exactly as in `iss`; its discovery document is below it.':
    'Exactement comme dans `iss` ; son document de découverte se trouve en dessous.',
  'Google Workspace domain': 'Domaine Google Workspace',
  'Only its accounts may sign in. Left empty, anybody with a Google account may.':
    'Seuls ses comptes peuvent se connecter. Laissé vide, toute personne ayant un compte Google le peut.',
  'Metadata URL': 'URL des métadonnées',
  'Fetched again and again, so that new certificates count by themselves.':
    'Récupérée régulièrement, de sorte que les nouveaux certificats soient pris en compte automatiquement.',
  'Entity ID': 'ID d’entité',
  'Of the provider, with a metadata URL.': 'Celui du fournisseur, avec une URL de métadonnées.',
  'The XML itself, where there is no URL.': 'Le XML lui-même, s’il n’y a pas d’URL.',
  Servers: 'Serveurs',
  'One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.':
    'Un par ligne, essayés dans l’ordre. Les hôtes privés doivent figurer dans CHANCERY_OUTBOUND_ALLOW.',
  'StartTLS, for ldap:// addresses': 'StartTLS, pour les adresses ldap://',
  'Base DN': 'DN de base',
  'Bind DN': 'DN de liaison',
  'Who searches for people.': 'Qui recherche les personnes.',
  'Bind password': 'Mot de passe de liaison',
  'User filter': 'Filtre des utilisateurs',
  'Certificate authority': 'Autorité de certification',
  'PEM, where no public authority issued its certificate.':
    'PEM, si son certificat n’a pas été émis par une autorité publique.',
  'Authorization endpoint': 'Point de terminaison d’autorisation',
  'Where browsers are sent.': 'Là où les navigateurs sont dirigés.',
  'Token endpoint': 'Point de terminaison de jeton',
  'Where the code is redeemed.': 'Là où le code est échangé.',
  'User endpoint': 'Point de terminaison utilisateur',
  'Returns the person as a JSON object.': 'Renvoie la personne sous forme d’objet JSON.',
  Namespace: 'Espace de noms',
  'Any URL of theirs that stays.': 'N’importe quelle URL permanente du fournisseur.',
  Subject: 'Sujet',
  'The field that never changes and is never given to anybody else.':
    'Le champ qui ne change jamais et n’est jamais attribué à quelqu’un d’autre.',
  'Left empty, it is github.com.': 'Laissé vide, c’est github.com.',
  '{where}: the redirect URI (callback URL) of the application.':
    '{where} : l’URI de redirection (URL de rappel) de l’application.',
  'With the id of your tenant, not `common`.': 'Avec l’identifiant de votre locataire, pas `common`.',
  'The address of your organization, or of an authorization server.':
    'L’adresse de votre organisation ou d’un serveur d’autorisation.',
  'The domain of your tenant, with the slash at its end.':
    'Le domaine de votre locataire, avec la barre oblique à la fin.',
  'The address of the realm.': 'L’adresse du realm.',
  '{where}, with the scopes openid, profile and email: the redirect URI (callback URL) of the application.':
    '{where}, avec les scopes openid, profile et email : l’URI de redirection (URL de rappel) de l’application.',
  'gitlab.com, or the address of your GitLab.': 'gitlab.com, ou l’adresse de votre GitLab.',
  'Any OpenID Connect provider': 'Autre fournisseur OpenID Connect',
  'As the redirect URI (callback URL) of the application.':
    'Comme URI de redirection (URL de rappel) de l’application.',
  'Any OAuth 2 provider': 'Autre fournisseur OAuth 2',
  'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.':
    'Comme fournisseur de services : par ces métadonnées, ou par l’ID d’entité et l’Assertion Consumer Service.',
  'LDAP or Active Directory': 'LDAP ou Active Directory',
  'New provider': 'Nouveau fournisseur',
  'Check and create': 'Vérifier et créer',
  'Create anyway': 'Créer quand même',
  'The provider was created. People can sign in with it.':
    'Le fournisseur a été créé. Il est possible de s’y connecter.',
  'The provider was saved.': 'Le fournisseur a été enregistré.',
  'The provider is disabled.': 'Le fournisseur est désactivé.',
  'The provider is enabled.': 'Le fournisseur est activé.',
  'The provider was deleted.': 'Le fournisseur a été supprimé.',
  'Checked with the keys of the provider, and not kept.':
    'Vérifié avec les clés du fournisseur, et non conservé.',
  Claims: 'Claims',
  'JSON, as if the provider had sent it.': 'JSON, comme si le fournisseur l’avait envoyé.',
  Try: 'Essayer',
  'With what do people sign in?': 'Avec quoi les personnes se connectent-elles ?',
  'Only check': 'Vérifier seulement',
  'New provider: {kind}': 'Nouveau fournisseur : {kind}',
  'This provider comes from the configuration file, and is changed there, under `identity_providers`.':
    'Ce fournisseur vient du fichier de configuration et s’y modifie, sous `identity_providers`.',
  'It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.':
    'Il figurait dans un fichier de configuration antérieur, et personne ne s’y connecte. Modifiez ses paramètres ici pour l’utiliser à nouveau, ou supprimez-le.',
  For: 'Pour',
  'People who sign in': 'Personnes qui se connectent',
  'Check now': 'Vérifier maintenant',
  'Set. It is not shown.': 'Défini. La valeur n’est pas affichée.',
  'Set by API or file': 'Défini par l’API ou le fichier',
  '{beginning}… ({count} characters)': '{beginning}… ({count} caractères)',
  'Change it': 'Modifier',
  'Change settings': 'Modifier les paramètres',
  'Register at the provider': 'À enregistrer chez le fournisseur',
  'Metadata, and entity ID': 'Métadonnées et ID d’entité',
  'Redirect URI': 'URI de redirection',
  'Assertion consumer service': 'Assertion Consumer Service',
  'Where browsers return to after a sign-out': 'Où les navigateurs reviennent après une déconnexion',
  'Where people sign in, and whose tokens workloads bring.':
    'Où les personnes se connectent, et dont les charges de travail présentent les jetons.',
  'Identity providers': 'Fournisseurs d’identité',
  'None yet. People sign in with a password or a passkey. A provider for workloads is made together with a {role}.':
    'Aucun pour l’instant. Les personnes se connectent avec un mot de passe ou une clé d’accès. Un fournisseur pour charges de travail se crée avec un {role}.',
  role: 'rôle',
  High: 'Élevé',
  Medium: 'Moyen',
  Low: 'Faible',
  'Does it answer?': 'Répond-il ?',
  'This kind has nothing that is asked.': 'Ce type n’a rien à interroger.',
  Passes: 'Réussi',
  Fails: 'Échec',
  Warnings: 'Avertissements',
  'No warnings.': 'Aucun avertissement.',
  'Try it': 'Essayer',
  'What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.':
    'Ce qu’une connexion ferait d’un jeton d’identité ou de claims. Rien n’est enregistré, et personne n’est connecté.',
  Token: 'Jeton',
  'Display name': 'Nom affiché',
  Tags: 'Étiquettes',
  'Second factor': 'Second facteur',
  'The token was not checked.': 'Le jeton n’a pas été vérifié.',
  'If it is valid: {outcome}': 'S’il est valide : {outcome}',
  'Would sign in as {user}, who {why}.': 'Connecterait {user} : {why}.',
  'Would join {user}: {why}.': 'Serait associé à {user} : {why}.',
  'Would create {user}: {why}.': 'Créerait {user} : {why}.',
  'Would be refused: {why}.': 'Serait refusé : {why}.',
  Valid: 'Valide',
  'Signature, issuer, audience and times.': 'Signature, émetteur, audience et dates.',
  'Not checked': 'Non vérifié',
  '{email}, verified': '{email}, vérifié',
  '{email}, not verified': '{email}, non vérifié',
  '{name} (no such group here)': '{name} (aucun groupe de ce nom ici)',
  'The provider asked for it.': 'Le fournisseur l’a demandé.',
  'Asked for here.': 'Demandé ici.',
  'Asked for here of those who have one.': 'Demandé ici à ceux qui en ont un.',
  'Further settings': 'Autres paramètres',
  'Who may sign in': 'Qui peut se connecter',
  'Rules as in the mapping, as JSON. Each must find a value, or the sign-in is refused.':
    'Règles comme dans la correspondance, en JSON. Chacune doit trouver une valeur, sinon la connexion est refusée.',
  Scopes: 'Scopes',
  'How the client secret is sent': 'Mode d’envoi du secret client',
  'Methods that are a second factor': 'Méthodes valant second facteur',
  'Left empty: `openid`, `profile` and `email`.': 'Laissé vide : `openid`, `profile` et `email`.',
  'Signature algorithms': 'Algorithmes de signature',
  'Of its ID tokens. Left empty: `RS256`, `ES256`, `PS256` and `EdDSA`.':
    'De ses jetons d’identité. Laissé vide : `RS256`, `ES256`, `PS256` et `EdDSA`.',
  'JWK or PEM, in the place of the client secret: assertions are signed with it (`private_key_jwt`). It is never shown again.':
    'JWK ou PEM, à la place du secret client : elle signe des assertions (`private_key_jwt`). Elle n’est plus jamais affichée.',
  'Claims are read from the userinfo endpoint as well':
    'Lire aussi les claims du point de terminaison userinfo',
  'Values of `amr` by which the provider reports one, for instance `mfa`.':
    'Valeurs de `amr` par lesquelles le fournisseur en signale un, par exemple `mfa`.',
  'Context classes that are a second factor': 'Classes de contexte valant second facteur',
  'Values of `acr` by which the provider reports one.':
    'Valeurs de `acr` par lesquelles le fournisseur en signale un.',
  'Left empty: `read:user` and `user:email`.': 'Laissé vide : `read:user` et `user:email`.',
  'What is asked of the provider.': 'Ce qui est demandé au fournisseur.',
  'Addresses endpoint': 'Point de terminaison des adresses',
  'Returns a list of objects with `email`, `verified` and `primary`.':
    'Renvoie une liste d’objets avec `email`, `verified` et `primary`.',
  'Base DN of groups': 'DN de base des groupes',
  'Groups below it that contain the person are looked up. While all fields of groups are empty, none are; with Active Directory, those below the base DN.':
    'Les groupes situés en dessous et contenant la personne sont recherchés. Si tous les champs de groupes sont vides, aucun ne l’est ; avec Active Directory, ceux sous le DN de base.',
  'Group filter': 'Filtre des groupes',
  'With `{dn}` in the place of the person.': 'Avec `{dn}` à la place de la personne.',
  'Name of groups': 'Nom des groupes',
  'The attribute with it; `dn` is the whole name.': 'L’attribut qui le contient ; `dn` est le nom complet.',
  'Levels of groups in groups': 'Niveaux de groupes imbriqués',
  '1 to 20.': 'De 1 à 20.',
  'Certificate of the metadata': 'Certificat des métadonnées',
  'PEM. The metadata of the URL must be signed with it.':
    'PEM. Les métadonnées de l’URL doivent être signées avec lui.',
  'What the provider must sign': 'Ce que le fournisseur doit signer',
  'The assertion': 'L’assertion',
  'The response': 'La réponse',
  'The assertion and the response': 'L’assertion et la réponse',
  'One of the two': 'L’une des deux',
  'PEM. The provider verifies requests of this server with it.':
    'PEM. Le fournisseur vérifie avec lui les requêtes de ce serveur.',
  'PEM, of that certificate: requests of this server are signed with it. It is never shown again.':
    'PEM, de ce certificat : elle signe les requêtes de ce serveur. Elle n’est plus jamais affichée.',
  'Only encrypted assertions are accepted': 'N’accepter que des assertions chiffrées',
  'Certificates for encryption': 'Certificats de chiffrement',
  'PEM, the newest first, at most three. A certificate that is removed is removed with its key.':
    'PEM, le plus récent en premier, trois au plus. Un certificat retiré l’est avec sa clé.',
  'Private keys for encryption': 'Clés privées de chiffrement',
  'PEM, in the order of the certificates, from the first on. Keys of certificates that were here before stay. They are never shown again.':
    'PEM, dans l’ordre des certificats, à partir du premier. Les clés des certificats déjà présents restent. Elles ne sont plus jamais affichées.',
  'Context classes, or methods of Microsoft Entra ID, by which the provider reports one, for instance {example}.':
    'Classes de contexte, ou méthodes de Microsoft Entra ID, par lesquelles le fournisseur en signale un, par exemple {example}.',
  'What you typed is kept. Leave it empty to use that.':
    'Votre saisie est conservée. Laissez le champ vide pour l’utiliser.',
  'Enabled|provider': 'Activé',
  'Disabled|provider': 'Désactivé',
  'End what began with {name}?': 'Mettre fin à ce qui a commencé avec {name} ?',
  'People sign in with it again when they come back. Do this after a key or a server of the provider was stolen and its settings were changed.':
    'Les personnes se reconnectent avec lui à leur retour. À faire après le vol d’une clé ou d’un serveur du fournisseur, une fois ses paramètres modifiés.',
  'End sessions': 'Mettre fin aux sessions',
  'The provider was saved. What began with it before goes on: end the sessions if its earlier keys or server are no longer to be trusted.':
    'Le fournisseur a été enregistré. Ce qui a commencé avec lui auparavant continue : mettez fin aux sessions si ses anciennes clés ou son ancien serveur ne sont plus fiables.',
  'Sessions, tokens and role sessions that began with the provider have ended.':
    'Les sessions, les jetons et les sessions de rôle qui ont commencé avec le fournisseur ont pris fin.',
} as const
