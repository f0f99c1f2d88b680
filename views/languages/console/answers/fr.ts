// Answers of operations and of the policy engine in French. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Votre connexion est trop ancienne pour cette action. Reconnectez-vous dans un autre onglet, puis renvoyez ce formulaire. Rien n’a été perdu.',
  'There is nothing at this address.': 'Il n’y a rien à cette adresse.',
  'You may not do {action}: {decision}.': 'Vous n’êtes pas autorisé à effectuer {action} : {decision}.',
  'denied because {layer} does not allow it': 'refusé car {layer} ne l’autorise pas',
  'is required': 'est obligatoire',
  'must not be empty': 'ne doit pas être vide',
  'must be at least {least}': 'doit valoir au moins {least}',
  'must be at most {most}': 'doit valoir au plus {most}',
  'must have at least one character': 'doit comporter au moins un caractère',
  'must have at least {least} characters': 'doit comporter au moins {least} caractères',
  'must have at most {most} characters': 'doit comporter au plus {most} caractères',
  'must have at least one item': 'doit comporter au moins un élément',
  'must have at least {least} items': 'doit comporter au moins {least} éléments',
  'must have at most one item': 'doit comporter au plus un élément',
  'must have at most {most} items': 'doit comporter au plus {most} éléments',
  'must be one of {values}': 'doit être l’une de ces valeurs : {values}',
  'must be a whole number': 'doit être un nombre entier',
  'must be a number': 'doit être un nombre',
  'must be true or false': 'doit être true ou false',
  'must be a string': 'doit être un texte',
  'must be an array': 'doit être une liste',
  'must be an object': 'doit être un objet JSON',
  'must be a record': 'doit être un objet JSON',
  'must be an e-mail address': 'doit être une adresse e-mail',
  'must be an instant as in RFC 3339': 'doit être un instant au format RFC 3339',
  'must be a URL': 'doit être une URL',
  'must be of the documented form': 'n’a pas la forme documentée',
  'must be a host name or an address': 'doit être un nom d’hôte ou une adresse',
  'must be one line without control characters': 'doit être une seule ligne sans caractères de contrôle',
  'must name groups that exist: there is no group `{name}` in this account':
    'nomme un groupe qui n’existe pas dans ce compte : `{name}`',
  'is refused: {why}': 'refusé : {why}',
  'It was changed since it was read: read it again and repeat the change with its new ETag.':
    'Une autre modification a eu lieu entre-temps. Rechargez la page et refaites la modification.',
  'Wrong password': 'Mot de passe incorrect',
  'Unknown name': 'Nom inconnu',
  Disabled: 'Désactivé',
  'Password expired': 'Mot de passe expiré',
  'Replaced or disabled meanwhile': 'Remplacé ou désactivé entre-temps',
  'Wrong code': 'Code incorrect',
  'Gone or disabled': 'Supprimé ou désactivé',
  'Internal error': 'Erreur interne',
  'No reason': 'Aucune raison',
  Unauthenticated: 'Non authentifié',
  'Missing credentials': 'Identifiants manquants',
  'Incomplete signature': 'Signature incomplète',
  'Bad signature': 'Signature incorrecte',
  'Request expired': 'Requête expirée',
  'Expired token': 'Jeton expiré',
  Throttled: 'Trop de requêtes',
  'Insufficient scope': 'Scope insuffisant',
  'Invalid scope': 'Scope non valide',
  'Invalid target': 'Cible non valide',
  'Invalid parameter': 'Paramètre non valide',
  'Malformed policy': 'Stratégie mal formée',
  'Packed policy too large': 'Stratégies trop volumineuses',
  'Too large': 'Trop volumineux',
  'Unsupported action': 'Action non prise en charge',
  'Delete conflict': 'Suppression impossible',
  'Limit exceeded': 'Limite dépassée',
  'Concurrent modification': 'Modification simultanée',
  'Precondition failed': 'Modifié entre-temps',
  Unmodifiable: 'Non modifiable',
  'Invalid authentication code': 'Code d’authentification non valide',
  'Password policy violation': 'Mot de passe contraire aux règles',
  'Invalid identity token': 'Jeton d’identité non valide',
  'Idp rejected claim': 'Claim rejeté par le fournisseur',
  'Idp communication error': 'Fournisseur injoignable',
  'Insufficient session lifetime': 'Durée de session insuffisante',
  'Session duration escalation': 'Durée supérieure à celle de la session',
  'Feature enabled': 'Fonction déjà activée',
  'Feature disabled': 'Fonction désactivée',
  'Token too large': 'Jeton trop volumineux',
  Unavailable: 'Indisponible',
  'Invalid client': 'Client non valide',
  'Invalid grant': 'Autorisation non valide',
  'Invalid request': 'Requête non valide',
  'Invalid token': 'Jeton non valide',
  'Unauthorized client': 'Client non autorisé',
  'Access denied': 'Accès refusé',
  'Login required': 'Connexion requise',
  'Consent required': 'Consentement requis',
  'Interaction required': 'Interaction requise',
  'Server error': 'Erreur du serveur',
  'Temporarily unavailable': 'Temporairement indisponible',
  'Invalid redirect uri': 'URI de redirection non valide',
  'Unsupported grant type': 'Type d’autorisation non pris en charge',
  'The mail server refused ({what}).': 'Le serveur de messagerie a refusé ({what}).',
  'The mail server could not be used ({what}).': 'Le serveur de messagerie n’a pas pu être utilisé ({what}).',
  'The mail server could not be used ({what}): {why}':
    'Le serveur de messagerie n’a pas pu être utilisé ({what}) : {why}',
  'all that were made from sign-ins, tokens and access keys of this person':
    'toutes celles issues de connexions, de jetons et de clés d’accès de cette personne',
  'all that were made from sign-ins and tokens of this person; access keys go on':
    'toutes celles issues de connexions et de jetons de cette personne ; les clés d’accès restent valables',
  'all that were made from tokens of this browser session':
    'toutes celles issues de jetons de cette session de navigateur',
  'all that were made from sign-ins or codes by these factors':
    'toutes celles issues de connexions ou de codes avec ces facteurs',
  'The name `{name}` is taken.': 'Le nom `{name}` est déjà pris.',
  'There is no person `{name}` any more.': 'La personne `{name}` n’existe plus.',
  'You cannot disable yourself: another administrator can.':
    'Vous ne pouvez pas vous désactiver vous-même ; un autre administrateur le peut.',
  'You cannot delete yourself: another administrator can.':
    'Vous ne pouvez pas vous supprimer vous-même ; un autre administrateur le peut.',
  'Your own factors are removed on your account page, or by another administrator.':
    'Vos propres facteurs se suppriment sur la page de votre compte, ou par un autre administrateur.',
  '`mail` needs an e-mail address of the person.':
    'Pour l’envoi par e-mail (`mail`), la personne doit avoir une adresse e-mail.',
  'The Access Key with id {id} cannot be found.': 'Il n’y a pas de clé d’accès avec l’identifiant {id}.',
  'Cannot exceed quota for {quota}: {most}.': 'Quota dépassé pour {quota} : {most} au plus.',
  'must be 1 to {most} of {characters}': 'doit comporter de 1 à {most} de ces caractères : {characters}',
  'must not be blank': 'ne doit pas contenir que des espaces',
  'is not a valid value of {name}': 'n’est pas une valeur valable de {name}',
  'must begin and end with /': 'doit commencer et se terminer par /',
  'must have at most {most} characters before the @': 'doit comporter au plus {most} caractères avant le @',
  'There is no `{name}` any more.': '`{name}` n’existe plus.',
  'There is no person `{name}` in account {account}.':
    'Il n’y a pas de personne `{name}` dans le compte {account}.',
  'There is no group `{name}` in account {account}.':
    'Il n’y a pas de groupe `{name}` dans le compte {account}.',
  'must name somebody': 'doit nommer au moins une personne',
  'must have at most {most} lines; these are {count}':
    'doit comporter au plus {most} lignes ; il y en a {count}',
  'is required for an invitation': 'est obligatoire pour une invitation',
  'is another for the person who has this name': 'est différent pour la personne qui porte ce nom',
  'must be an absolute URL': 'doit être une URL absolue',
  'must not hold spaces, backslashes or wildcards':
    'ne doit contenir ni espaces, ni barres obliques inverses, ni caractères génériques',
  'must not name a user': 'ne doit pas contenir de nom d’utilisateur',
  'must not have a fragment': 'ne doit pas avoir de fragment',
  'must not use `{scheme}`': 'ne doit pas utiliser `{scheme}`',
  'must be https unless it is loopback (or `allow_insecure_redirects` is set)':
    'doit être en https, sauf sur la boucle locale (ou avec `allow_insecure_redirects`)',
  'must be https, loopback http, or for native clients a scheme such as `com.example.app:`':
    'doit être en https, en http sur la boucle locale ou, pour les clients natifs, un schéma tel que `com.example.app:`',
  'must be an https URL': 'doit être une URL https',
  'are needed for authorization_code': 'sont nécessaires pour authorization_code',
  'are needed for `access: groups`, and of use with it alone':
    'sont nécessaires pour `access: groups`, et utiles avec ce choix seulement',
  'is set by the client itself, which registered it':
    'est défini par le client lui-même, qui s’est enregistré',
  'The client id `{id}` is taken.': 'L’ID client `{id}` est déjà pris.',
  'There is no client `{id}` any more.': 'Le client `{id}` n’existe plus.',
  'The client has no secret `{id}`.': 'Le client n’a pas de secret `{id}`.',
  'A client has at most {count} secrets: remove one first.':
    'Un client a au plus {count} secrets : supprimez-en un d’abord.',
  'This is its only secret: add another one first.': 'C’est son seul secret : ajoutez-en d’abord un autre.',
  'This client is in the configuration file: change it there.':
    'Ce client est dans le fichier de configuration : modifiez-le dans ce fichier.',
  'A registered client renews its secret itself (RFC 7592).':
    'Un client enregistré renouvelle lui-même son secret (RFC 7592).',
  'This client does not authenticate with a secret.': 'Ce client ne s’authentifie pas avec un secret.',
  'There is no such app.': 'Cette application n’existe pas.',
  'There is no refused sign-in of this app in that entry.':
    'Cette entrée n’est pas une connexion refusée de cette application.',
  'There is no such user, or the user is disabled.': 'Cette personne n’existe pas, ou elle est désactivée.',
  'There is no client `{id}` in account {account}.':
    'Il n’y a pas de client `{id}` dans le compte {account}.',
  'scope {scope}': 'scope {scope}',
  'from {attribute}': 'tiré de {attribute}',
  'template {template}': 'modèle {template}',
  constant: 'valeur fixe',
  'an example': 'un exemple',
  'Mail is not configured.': 'La messagerie n’est pas configurée.',
  '{count} test messages were sent in the last hour.':
    '{count} messages d’essai ont été envoyés au cours de la dernière heure.',
  'The message goes to your own e-mail address, and you have none: add it to your profile, or give one with `to`.':
    'Le message est envoyé à votre propre adresse e-mail, et vous n’en avez pas : ajoutez-la à votre profil, ou indiquez-en une avec `to`.',
  '`{address}` is not an e-mail address.': '`{address}` n’est pas une adresse e-mail.',
  'Mail is set in the configuration file: change it there, or remove `mail:` from it and reload, to set it here.':
    'La messagerie est définie dans le fichier de configuration : modifiez-la là, ou retirez-en `mail:` et rechargez-le pour la définir ici.',
  'Check the spelling of the host: this server finds no address of that name.':
    'Vérifiez l’orthographe de l’hôte : ce serveur ne trouve aucune adresse pour ce nom.',
  'Name a host with a public address and encryption, or have the operator list the host in CHANCERY_OUTBOUND_ALLOW.':
    'Indiquez un hôte avec une adresse publique et un chiffrement, ou faites inscrire l’hôte par l’exploitant dans CHANCERY_OUTBOUND_ALLOW.',
  'Check host and port, and that a firewall lets this server connect there: 587 is usual for STARTTLS, 465 for TLS.':
    'Vérifiez l’hôte et le port, et qu’un pare-feu laisse ce serveur s’y connecter : 587 est usuel pour STARTTLS, 465 pour TLS.',
  'Name the host by the name that is in its certificate, or have the operator trust its authority with NODE_EXTRA_CA_CERTS.':
    'Indiquez l’hôte par le nom qui figure dans son certificat, ou demandez à l’exploitant d’approuver son autorité avec NODE_EXTRA_CA_CERTS.',
  'Choose the encryption that this port has: usually STARTTLS on 587, TLS on 465, none on 25.':
    'Choisissez le chiffrement de ce port : en général STARTTLS sur 587, TLS sur 465, aucun sur 25.',
  'Check user and password: many services want a password made for applications, or the whole address as the user.':
    'Vérifiez l’utilisateur et le mot de passe : beaucoup de services exigent un mot de passe d’application, ou l’adresse entière comme utilisateur.',
  'Use a sender (`from`, and the address for bounces) that this server may send from.':
    'Utilisez un expéditeur (`from`, et l’adresse des retours) pour lequel ce serveur peut envoyer.',
  'The server takes no mail for this address: try another one, and check that it may relay mail.':
    'Le serveur n’accepte pas de message pour cette adresse : essayez-en une autre et vérifiez qu’il peut relayer les messages.',
  'The server did not take the message itself: its answer says why.':
    'Le serveur n’a pas accepté le message lui-même : sa réponse en donne la raison.',
  'Compare the settings with what the mail service asks for.':
    'Comparez les paramètres avec ce que demande le service de messagerie.',
  'the mail server could not be used ({what}): {why}':
    'le serveur de messagerie est inutilisable ({what}) : {why}',
  'the mail server could not be used ({what})': 'le serveur de messagerie est inutilisable ({what})',
  'the mail server refused ({what})': 'le serveur de messagerie a refusé ({what})',
  'no result within {seconds} s': 'aucun résultat en {seconds} s',
  'must be `address@host` or `Name <address@host>`':
    'doit être de la forme `address@host` ou `Name <address@host>`',
  'must be given again when host, port or user change, or the encryption is given up: it is sent only where it was set for':
    'doit être saisi de nouveau si l’hôte, le port ou l’utilisateur changent, ou si le chiffrement est abandonné : il n’est envoyé que là où il a été défini',
  'user and password must be set together': 'l’utilisateur et le mot de passe doivent être définis ensemble',
  'a password would be sent unencrypted: use starttls or tls':
    'un mot de passe serait envoyé sans chiffrement : utilisez starttls ou tls',
  'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW':
    'doit avoir des adresses publiques, ou figurer dans CHANCERY_OUTBOUND_ALLOW',
  'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW':
    'ne peut être `none` que pour les hôtes de CHANCERY_OUTBOUND_ALLOW',
  'must be a domain in lower case': 'doit être un domaine en minuscules',
  'must be a colour such as #0b6bcb': 'doit être une couleur comme #0b6bcb',
  'has a contrast of {ratio} with its text, and 4.5:1 is needed: the nearest colour that has it is {colour}':
    'a un contraste de {ratio} avec son texte, alors qu’il faut 4.5:1 : la couleur la plus proche qui convient est {colour}',
  'must not contain line breaks, control characters or characters that change the direction of text':
    'ne doit contenir ni sauts de ligne, ni caractères de contrôle, ni caractères qui changent le sens du texte',
  'has {count} characters: at most {most} are accepted':
    'comporte {count} caractères : {most} au plus sont acceptés',
  'must contain a letter, a number or a symbol': 'doit contenir une lettre, un chiffre ou un symbole',
  'must not contain invisible characters beside none that they join':
    'ne doit pas contenir de caractères invisibles qui ne relient rien',
  'has more than three marks on one letter': 'a plus de trois signes sur une lettre',
  'has {bytes} bytes: at most {most} are accepted': 'fait {bytes} octets : {most} au plus sont acceptés',
  'is SVG, which may hold scripts: convert it to PNG or WebP':
    'est du SVG, qui peut contenir des scripts : convertissez-le en PNG ou WebP',
  'must be a PNG, JPEG or WebP image': 'doit être une image PNG, JPEG ou WebP',
  'is {width} × {height} pixels: at most {mostWidth} × {mostHeight} are accepted':
    'fait {width} × {height} pixels : {mostWidth} × {mostHeight} au plus sont acceptés',
  'is {width} × {height} pixels: at least {leastWidth} × {leastHeight} are needed':
    'fait {width} × {height} pixels : il en faut au moins {leastWidth} × {leastHeight}',
  'is not a valid {format} image': 'n’est pas une image {format} valide',
  'is not a JPEG image that browsers draw': 'n’est pas une image JPEG que les navigateurs affichent',
  'has something behind the image': 'contient quelque chose après l’image',
  'holds no picture': 'ne contient pas d’image',
  'is cut off': 'est tronqué',
  'must not be animated': 'ne doit pas être animé',
  'is damaged: a checksum is wrong': 'est endommagé : une somme de contrôle est fausse',
  'is damaged or cut off': 'est endommagé ou tronqué',
  'holds more than its width and height say': 'contient plus que ne l’indiquent sa largeur et sa hauteur',
  'This preview was changed in another window or is over: look at it again.':
    'Cet aperçu a été modifié dans une autre fenêtre ou a expiré : consultez-le de nouveau.',
  'The next key was published too recently: it can sign from {time} on, when every verifier knows it.':
    'La clé suivante a été publiée trop récemment : elle pourra signer à partir de {time}, quand tous les vérificateurs la connaîtront.',
  'The keys of use `{use}` are not replaced: {why}.':
    'Les clés d’usage `{use}` ne sont pas remplacées : {why}.',
  'every ID token, access token and role session that was issued until now; services learn it within seconds':
    'tous les jetons d’identité, jetons d’accès et sessions de rôle émis jusqu’ici ; les services l’apprennent en quelques secondes',
  'every role session that was issued until now: its secret access key is no longer accepted':
    'toutes les sessions de rôle émises jusqu’ici : leur clé d’accès secrète n’est plus acceptée',
  'sign-ins in progress at an identity provider, and cursors of lists':
    'les connexions en cours auprès d’un fournisseur d’identité et les curseurs de listes',
  'every browser session: everybody signs in again':
    'toutes les sessions de navigateur : tout le monde doit se reconnecter',
  'nothing: audit keys are never removed, because the trail is verified with them':
    'rien : les clés d’audit ne sont jamais supprimées, car elles servent à vérifier le journal',
  'every token that was issued for other services (GetWebIdentityToken)':
    'tous les jetons émis pour d’autres services (GetWebIdentityToken)',
  'the private key must be the one that belongs to the certificate':
    'la clé privée doit être celle du certificat',
  'the private key must be an unencrypted private key in PEM':
    'la clé privée doit être une clé PEM non chiffrée',
  'the certificate must be a single X.509 certificate in PEM':
    'le certificat doit être un seul certificat X.509 en PEM',
  'the certificate chain must be PEM certificates and nothing else':
    'la chaîne de certificats ne doit comporter que des certificats PEM',
  'The Server Certificate with name {name} already exists.':
    'Un certificat de serveur nommé {name} existe déjà.',
  'The Server Certificate with name {name} cannot be found.':
    'Aucun certificat de serveur nommé {name} n’a été trouvé.',
  'the host `{host}` was not found': 'l’hôte `{host}` est introuvable',
  '`{host}` did not answer in time': '`{host}` n’a pas répondu à temps',
  '`{host}` could not be reached: {why}': '`{host}` est injoignable : {why}',
  '`{host}` does not resolve: {why}': '`{host}` n’a pas d’adresse : {why}',
  '`{host}` would be reached without encryption, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` serait joint sans chiffrement et ne figure pas dans CHANCERY_OUTBOUND_ALLOW',
  '`{host}` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` a une adresse qui n’est pas publique et ne figure pas dans CHANCERY_OUTBOUND_ALLOW',
  Workflow: 'Workflow',
  'Job in .gitlab-ci.yml': 'Tâche dans .gitlab-ci.yml',
  'Job in .circleci/config.yml': 'Tâche dans .circleci/config.yml',
  'Step of the pipeline': 'Étape du pipeline',
  Pod: 'Pod',
  'Commands on the machine': 'Commandes sur la machine',
  'Commands beside the SPIRE agent': 'Commandes à côté de l’agent SPIRE',
  'GitLab CI, GitLab.com and self-managed': 'GitLab CI, GitLab.com et auto-hébergé',
  'Kubernetes service accounts': 'Comptes de service Kubernetes',
  'Google service accounts and metadata identity tokens':
    'Comptes de service Google et jetons d’identité de métadonnées',
  'Microsoft Entra managed identities and applications (v2.0 tokens)':
    'Identités managées et applications Microsoft Entra (jetons v2.0)',
  'https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'https://token.actions.githubusercontent.com, suivi de /ENTERPRISE si cela a été choisi, ou https://HOST/_services/token d’un Enterprise Server',
  'https://gitlab.com, or the URL of your GitLab': 'https://gitlab.com ou l’URL de votre GitLab',
  'the cluster’s --service-account-issuer': 'le --service-account-issuer du cluster',
  'spiffe:// and the trust domain, or what SPIRE’s jwt_issuer says':
    'spiffe:// et le domaine de confiance, ou la valeur de jwt_issuer de SPIRE',
  '`spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    '`spiffe://` et le domaine de confiance, ou la valeur de `jwt_issuer` de SPIRE',
  Owner: 'Propriétaire',
  Repository: 'Dépôt',
  'Owner id': 'Numéro du propriétaire',
  'Repository id': 'Numéro du dépôt',
  Branch: 'Branche',
  Tag: 'Tag',
  Environment: 'Environnement',
  'Issuer URL': 'URL de l’émetteur',
  Project: 'Projet',
  'Project id': 'Numéro du projet',
  'Organization id': 'ID de l’organisation',
  Organization: 'Organisation',
  Pipeline: 'Pipeline',
  Namespace: 'Namespace',
  'Service account': 'Compte de service',
  'Service account uid': 'UID du compte de service',
  'Unique id': 'ID unique',
  Email: 'Adresse e-mail',
  'Tenant id': 'ID de locataire',
  'Object id': 'ID d’objet',
  'Client id': 'ID client',
  'Trust domain': 'Domaine de confiance',
  Path: 'Chemin',
  'User or organization.': 'Utilisateur ou organisation.',
  'Its name without the owner.': 'Son nom sans le propriétaire.',
  'The owner’s number, in tokens of repositories made or renamed since July 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.':
    'Le numéro du propriétaire, dans les jetons des dépôts créés ou renommés depuis juillet 2026 : `gh api repos/OWNER/REPOSITORY --jq .owner.id`.',
  'The repository’s number, given together with that of the owner: `gh api repos/OWNER/REPOSITORY --jq .id`.':
    'Le numéro du dépôt, à indiquer avec celui du propriétaire : `gh api repos/OWNER/REPOSITORY --jq .id`.',
  'Jobs on this branch.': 'Tâches sur cette branche.',
  'Jobs on this tag.': 'Tâches sur ce tag.',
  'Jobs of this deployment environment.': 'Tâches de cet environnement de déploiement.',
  'The issuer of an enterprise or an Enterprise Server.':
    'L’émetteur d’une entreprise ou d’un Enterprise Server.',
  'GROUP/PROJECT.': 'GROUP/PROJECT.',
  'Its number, which stays when it is renamed.': 'Son numéro, qui reste le même en cas de renommage.',
  'Jobs on this protected branch.': 'Tâches sur cette branche protégée.',
  'Jobs on this protected tag.': 'Tâches sur ce tag protégé.',
  'The URL of your GitLab.': 'L’URL de votre GitLab.',
  'Its slug.': 'Son slug.',
  'Builds of this branch.': 'Builds de cette branche.',
  'The issuer, `kubectl get --raw /.well-known/openid-configuration`.':
    'L’émetteur, `kubectl get --raw /.well-known/openid-configuration`.',
  'Of the service account.': 'Du compte de service.',
  'Its name.': 'Son nom.',
  'Its uid, which does not come back when it is made again.': 'Son UID, qui ne revient pas s’il est recréé.',
  'Its address as well, NAME@PROJECT.iam.gserviceaccount.com.':
    'Aussi son adresse, NAME@PROJECT.iam.gserviceaccount.com.',
  'Directory (tenant) id.': 'ID d’annuaire (locataire).',
  'Of the managed identity or service principal.': 'De l’identité managée ou du principal de service.',
  'Application (client) id of the app registration that tokens are asked for.':
    'ID d’application (client) de l’inscription pour laquelle les jetons sont demandés.',
  'Application (client) id of the identity itself, the `azp` of its tokens.':
    'ID d’application (client) de l’identité elle-même, le `azp` de ses jetons.',
  'The issuer: `spiffe://` and the trust domain, or `jwt_issuer` of the SPIRE server.':
    'L’émetteur : `spiffe://` et le domaine de confiance, ou `jwt_issuer` du serveur SPIRE.',
  'Without spiffe://.': 'Sans spiffe://.',
  'Of the workload, such as ns/web/sa/api.': 'De la charge de travail, par exemple ns/web/sa/api.',
  'must be 1 to 64 of `A-Z a-z 0-9 + = , . @ _ -`':
    'doit comporter 1 à 64 des caractères `A-Z a-z 0-9 + = , . @ _ -`',
  'must not hold quotes, `$` or wildcards':
    'ne doit contenir ni guillemets, ni `$`, ni caractères génériques',
  'must not hold a colon': 'ne doit pas contenir de deux-points',
  'must be the name of a person or role, with its path if it has one':
    'doit être le nom d’une personne ou d’un rôle, avec son chemin s’il en a un',
  'Give exactly one of branch, tag, environment.':
    'Indiquez exactement un de ces champs : branche, tag ou environnement.',
  'Give exactly one of branch, tag.': 'Indiquez exactement un de ces champs : branche ou tag.',
  'Owner id and repository id must be given together.':
    'Les numéros du propriétaire et du dépôt doivent être indiqués ensemble.',
  'Choose where the workload runs.': 'Choisissez où la charge de travail s’exécute.',
  'Role with name {name} already exists.': 'Un rôle nommé {name} existe déjà.',
  'The role with name {name} cannot be found.': 'Le rôle {name} est introuvable.',
  'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-.':
    'Le nom du rôle n’est pas valide. Seuls les lettres, les chiffres et +=,.@_- sont permis.',
  'Cannot delete entity, must detach all policies first.':
    'Suppression impossible : détachez d’abord toutes les stratégies.',
  'Cannot delete entity, must delete policies first.':
    'Suppression impossible : supprimez d’abord les stratégies en ligne.',
  'Cannot delete entity, must remove roles from instance profile first.':
    'Suppression impossible : retirez d’abord le rôle du profil d’instance.',
  'The trust policy of a role for the shared identity provider {issuer} must test {keys} by StringEquals, StringLike or StringEqualsIgnoreCase, with a value that is not only wildcards.':
    'La stratégie de confiance d’un rôle pour le fournisseur partagé {issuer} doit vérifier {keys} par StringEquals, StringLike ou StringEqualsIgnoreCase, avec une valeur qui n’est pas faite que de caractères génériques.',
  'Invalid principal in policy: "AWS":"{principal}".':
    'Principal non valide dans la stratégie : "AWS":"{principal}".',
  'a JWT of {issuer}, {algorithm}': 'un JWT de {issuer}, {algorithm}',
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)':
    'Le jeton fourni n’est pas un JWT valide. (Cette erreur apparaît aussi pour un jeton d’accès)',
  'account {account} has no provider `{issuer}`; its URL must be exactly this text':
    'le compte {account} n’a pas de fournisseur `{issuer}` ; son URL doit être exactement ce texte',
  'registered as {arn}': 'enregistré en tant que {arn}',
  'the subject is `{subject}`': 'le sujet est `{subject}`',
  'the token is bound to a key, so it is not a bearer token':
    'le jeton est lié à une clé, ce n’est donc pas un jeton porteur',
  'Missing a required claim: {claim}: it is undefined; the provider accepts {accepted}':
    'Un claim requis manque : {claim} ; le fournisseur accepte {accepted}',
  'Missing a required claim: {claim}': 'Un claim requis manque : {claim}',
  'it expires in {seconds} s': 'il expire dans {seconds} s',
  'Token expired: current date/time {now} must be before the expiration date/time {end}':
    'Jeton expiré : l’heure actuelle {now} doit précéder l’expiration {end}',
  'the token was issued in the future': 'le jeton a été émis dans le futur',
  'the token is not valid yet': 'le jeton n’est pas encore valide',
  'the token expires before it was issued': 'le jeton expire avant son émission',
  'the token lives too long': 'le jeton dure trop longtemps',
  '`{claim}` is not a time': '`{claim}` n’est pas une date',
  '`aud` is not a string or a list of strings: it is {seen}; the provider accepts {accepted}':
    '`aud` n’est ni une chaîne ni une liste de chaînes : {seen} ; le fournisseur accepte {accepted}',
  'Incorrect token audience: a token with several `aud` must have an `azp`: it is {seen}; the provider accepts {accepted}':
    'Audience du jeton incorrecte : un jeton à plusieurs `aud` doit avoir un `azp` ; c’est {seen}, le fournisseur accepte {accepted}',
  'Incorrect token audience: `azp` is {seen}; the provider accepts {accepted}':
    'Audience du jeton incorrecte : `azp` vaut {seen} ; le fournisseur accepte {accepted}',
  'Incorrect token audience: it is {seen}; the provider accepts {accepted}':
    'Audience du jeton incorrecte : c’est {seen} ; le fournisseur accepte {accepted}',
  "`{audience}` is one of the provider's": '`{audience}` est une de celles du fournisseur',
  'by a key of the issuer (discovery)': 'par une clé de l’émetteur (découverte)',
  'by a key of the issuer (url)': 'par une clé de l’émetteur (depuis une URL)',
  'by a key of the issuer (upload)': 'par une clé de l’émetteur (importée)',
  'the token is not signed by a key of its issuer': 'le jeton n’est pas signé par une clé de son émetteur',
  '`sub` is not a SPIFFE ID': '`sub` n’est pas un SPIFFE ID',
  '`sub` is a SPIFFE ID of another trust domain': '`sub` est un SPIFFE ID d’un autre domaine de confiance',
  'the keys cannot be fetched: {why}': 'les clés ne peuvent pas être récupérées : {why}',
  'this provider’s tokens may be used again': 'les jetons de ce fournisseur peuvent être réutilisés',
  'not used before': 'jamais utilisé',
  'the token was used before': 'le jeton a déjà été utilisé',
  'arn:aws:iam::{role} trusts it': 'arn:aws:iam::{role} lui fait confiance',
  'arn:aws:iam::{provider} is disabled': 'arn:aws:iam::{provider} est désactivé',
  'the claim `{claim}` is not acceptable: {why}': 'le claim `{claim}` n’est pas acceptable : {why}',
  'The claim `{claim}` of the token does not name this role':
    'Le claim `{claim}` du jeton ne nomme pas ce rôle',
  'the claims of this issuer would read as condition keys of AWS':
    'les claims de cet émetteur seraient lus comme des clés de condition d’AWS',
  'two claims of the token read as `{key}`': 'deux claims du jeton donnent `{key}`',
  'the token has more than {count} claims': 'le jeton a plus de {count} claims',
  '{action}: the conditions of the trust policy do not hold: {conditions}':
    '{action} : les conditions de la stratégie de confiance ne sont pas remplies : {conditions}',
  '{action}: no statement of the trust policy is for this principal and action':
    '{action} : aucune déclaration de la stratégie de confiance ne concerne ce principal et cette action',
  '{action}: {statements} of the trust policy denies it':
    '{action} : {statements} de la stratégie de confiance l’interdit',
  '{condition}; statement {statement}: {others}': '{condition} ; déclaration {statement} : {others}',
  'statement {statement} of {document} (line {line}): {condition}':
    'déclaration {statement} de {document} (ligne {line}) : {condition}',
  'statement {statement}: {condition}': 'déclaration {statement} : {condition}',
  '{operator} of `{key}` with {wanted}; the request does not have it':
    '{operator} de `{key}` avec {wanted} ; la requête ne l’a pas',
  '{operator} of `{key}` with {wanted}; it is {seen}, a list: write `{written}`':
    '{operator} de `{key}` avec {wanted} ; la valeur est {seen}, une liste : écrivez `{written}`',
  '{operator} of `{key}` with {wanted}; it is {seen}, which differs in upper and lower case only':
    '{operator} de `{key}` avec {wanted} ; la valeur est {seen}, qui ne diffère que par les majuscules et minuscules',
  '{operator} of `{key}` with {wanted}; it is {seen}':
    '{operator} de `{key}` avec {wanted} ; la valeur est {seen}',
  '`{one}` or `{two}` or `{three}` or one of {count} more':
    '`{one}`, `{two}`, `{three}` ou un des {count} autres',
  '`{one}` or `{two}` or `{three}`': '`{one}`, `{two}` ou `{three}`',
  '`{one}` or `{two}`': '`{one}` ou `{two}`',
  'must be https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'doit être https://token.actions.githubusercontent.com, suivi de /ENTERPRISE si cela a été choisi, ou https://HOST/_services/token d’un Enterprise Server',
  'must be https://gitlab.com, or the URL of your GitLab':
    'doit être https://gitlab.com ou l’URL de votre GitLab',
  'must be the cluster’s service account issuer': 'doit être l’émetteur des comptes de service du cluster',
  'must be `spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    'doit être `spiffe://` et le domaine de confiance, ou la valeur de `jwt_issuer` de SPIRE',
  'Url must be https://{address}.': 'L’URL de l’émetteur doit être https://{address}.',
  'An action has the form `service:Action`, without wildcards.':
    'Une action a la forme `service:Action`, sans caractère générique.',
  'A resource has no more than 2048 characters.': 'Une ressource a au plus 2048 caractères.',
  '`{line}` is not a condition key: write key=value, for instance {example}.':
    '`{line}` n’est pas une clé de condition : écrivez clé=valeur, par exemple {example}.',
  'Name a policy.': 'Indiquez une stratégie.',
  'Choose a person, a group or a role.': 'Choisissez une personne, un groupe ou un rôle.',
  'Choose whether to attach or to detach.': 'Choisissez d’attacher ou de détacher.',
  'The user with name {name} cannot be found.': 'La personne {name} est introuvable.',
  'The group with name {name} cannot be found.': 'Le groupe {name} est introuvable.',
  'Policy {arn} was not found.': 'La stratégie {arn} est introuvable.',
  'Policy {arn} does not exist or is not attachable.':
    'La stratégie {arn} n’existe pas ou ne peut pas être attachée.',
  'A policy called {name} already exists. Duplicate names are not allowed.':
    'Une stratégie nommée {name} existe déjà. Les noms en double ne sont pas autorisés.',
  'Cannot delete a policy attached to entities.': 'Une stratégie attachée ne peut pas être supprimée.',
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.":
    'Cette stratégie a plusieurs versions. Supprimez d’abord les autres versions ; celle par défaut est supprimée avec la stratégie.',
  'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.':
    'Une stratégie gérée peut avoir jusqu’à 5 versions. Supprimez-en une avant d’en créer une autre.',
  'Cannot perform the operation on an AWS managed policy.':
    'Cette opération est impossible sur une stratégie intégrée.',
  'The person who asked no longer exists, or is disabled.':
    'La personne qui a fait la demande n’existe plus ou est désactivée.',
  'The role that was asked for no longer exists.': 'Le rôle demandé n’existe plus.',
  'There is no access request `{id}`.': 'Il n’y a pas de demande d’accès `{id}`.',
  'The request is open: it was decided or withdrawn meanwhile.':
    'La demande est ouverte : son état a changé entre-temps.',
  'The request is approved: it was decided or withdrawn meanwhile.':
    'La demande est approuvée : elle a été tranchée entre-temps.',
  'The request is refused: it was decided or withdrawn meanwhile.':
    'La demande est refusée : elle a été tranchée entre-temps.',
  'The request is withdrawn: it was decided or withdrawn meanwhile.': 'La demande a été retirée entre-temps.',
  'The request is ended: it was decided or withdrawn meanwhile.': 'La demande a pris fin entre-temps.',
  'Somebody else must approve your own request.': 'Quelqu’un d’autre doit approuver votre propre demande.',
  'Nobody can ask for the role `{role}` any more: its tag `{tag}` was removed.':
    'Le rôle `{role}` ne peut plus être demandé : son étiquette `{tag}` a été retirée.',
  '`{field}` is empty': '`{field}` est vide',
  '`{field}` has more than {most} characters': '`{field}` a plus de {most} caractères',
  '`{field}` has characters that cannot be shown':
    '`{field}` a des caractères qui ne peuvent pas être affichés',
  'access lasts 15 minutes to 30 days': 'l’accès dure de 15 minutes à 30 jours',
  'Provides full access to all services and resources.':
    'Accès complet à tous les services et à toutes les ressources.',
  'Provides full access to database services and to what runs them.':
    'Accès complet aux services de base de données et à ce qui les fait fonctionner.',
  'Provides full access to create and change APIs.': 'Accès complet pour créer et modifier des API.',
  'Provides full access to call APIs.': 'Accès complet pour appeler des API.',
  'Provides full access to {what}.': 'Accès complet : {what}.',
  'Provides read-only access to {what}.': 'Accès en lecture seule : {what}.',
  'Provides read access to when services were last used.':
    'Accès en lecture à la dernière utilisation des services.',
  'Provides read and write access to secrets.': 'Accès en lecture et en écriture aux secrets.',
  'Provides access to AWS KMS without deleting keys or changing who may use them.':
    'Accès à AWS KMS sans supprimer de clés ni changer qui peut les utiliser.',
  'Provides access to services that analyse data.': 'Accès aux services qui analysent des données.',
  'Provides access to the services that applications and machines need, not to users and policies.':
    'Accès aux services dont les applications et les machines ont besoin, pas aux utilisateurs ni aux stratégies.',
  'Lets APIs write logs.': 'Permet aux API d’écrire des journaux.',
  'Lets AWS CodeDeploy replace machines and functions behind load balancers.':
    'Permet à AWS CodeDeploy de remplacer des machines et des fonctions derrière des équilibreurs de charge.',
  'Lets AWS Config read the configuration of resources.':
    'Permet à AWS Config de lire la configuration des ressources.',
  'Lets AWS Glue run crawlers and jobs.': 'Permet à AWS Glue d’exécuter des crawlers et des jobs.',
  'Lets a Kubernetes control plane manage the resources of its cluster.':
    'Permet à un plan de contrôle Kubernetes de gérer les ressources de son cluster.',
  'Lets a daemon write traces.': 'Permet à un démon d’écrire des traces.',
  'Lets a function read DynamoDB streams and write logs.':
    'Permet à une fonction de lire des flux DynamoDB et d’écrire des journaux.',
  'Lets a function read Kinesis streams and write logs.':
    'Permet à une fonction de lire des flux Kinesis et d’écrire des journaux.',
  'Lets a function receive messages of a queue and write logs.':
    'Permet à une fonction de recevoir les messages d’une file et d’écrire des journaux.',
  'Lets a function run in a VPC and write logs.':
    'Permet à une fonction de s’exécuter dans un VPC et d’écrire des journaux.',
  'Lets a function write logs.': 'Permet à une fonction d’écrire des journaux.',
  'Lets a machine be managed by AWS Systems Manager.': 'Permet à AWS Systems Manager de gérer une machine.',
  'Lets a machine run tasks of Amazon ECS.': 'Permet à une machine d’exécuter des tâches Amazon ECS.',
  'Lets a task pull its image and write logs.':
    'Permet à une tâche de récupérer son image et d’écrire des journaux.',
  'Lets auditors read the configuration of security: names and settings, no contents.':
    'Permet aux auditeurs de lire la configuration de sécurité : noms et réglages, sans contenus.',
  'Lets databases write their measurements to logs.':
    'Permet aux bases de données d’écrire leurs mesures dans des journaux.',
  'Lets nodes join a Kubernetes cluster.': 'Permet aux nœuds de rejoindre un cluster Kubernetes.',
  'Lets nodes manage the addresses of their network interfaces.':
    'Permet aux nœuds de gérer les adresses de leurs interfaces réseau.',
  'Lets people list what there is, without reading its contents.':
    'Permet de lister ce qui existe, sans en lire le contenu.',
  'Lets people read and manage bills, budgets and payment.':
    'Permet de lire et de gérer les factures, les budgets et les paiements.',
  'Lets people work on support cases and look at what they concern.':
    'Permet de traiter les demandes d’assistance et de consulter ce qu’elles concernent.',
  'Lets the agent on a machine write metrics and logs.':
    'Permet à l’agent d’une machine d’écrire des métriques et des journaux.',
  'Lets the storage driver of a Kubernetes cluster manage volumes.':
    'Permet au pilote de stockage d’un cluster Kubernetes de gérer des volumes.',
  'Lets users manage their own SSH public keys.':
    'Permet aux utilisateurs de gérer leurs propres clés publiques SSH.',
  'Lets users manage their own service-specific credentials.':
    'Permet aux utilisateurs de gérer leurs propres identifiants propres à un service.',
  'buckets and objects': 'compartiments et objets',
  'container registries': 'registres de conteneurs',
  'load balancers': 'équilibreurs de charge',
  'network services': 'services réseau',
  'Provides full access to certificates.': 'Accès complet aux certificats.',
  'Provides read-only access to certificates.': 'Accès en lecture seule aux certificats.',
  'Provides full access to IAM: users, roles, policies, keys and providers.':
    'Accès complet à IAM : utilisateurs, rôles, stratégies, clés et fournisseurs.',
  'Provides read only access to IAM.': 'Accès en lecture seule à IAM.',
  'Provides the ability for an IAM user to change their own password.':
    'Permet aux utilisateurs de changer leur propre mot de passe.',
  'Provides full access to services and resources, but does not allow management of users and groups.':
    'Accès complet aux services et aux ressources, sans gestion des utilisateurs et des groupes.',
  'Provides read-only access to services and resources.':
    'Accès en lecture seule aux services et aux ressources.',
} as const
