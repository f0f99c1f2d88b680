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
  'must name groups that you may read (chancery:GetGroup): there is none of the name `{name}`':
    'ne nomme aucun groupe que vous pouvez lire (chancery:GetGroup) : `{name}`',
  'must name groups that exist: there is no group `{name}` in this account':
    'nomme un groupe qui n’existe pas dans ce compte : `{name}`',
  'is refused: {why}': 'refusé : {why}',
  'Somebody changed it since this form was opened: open it anew, then make your change again.':
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
  'User: {who} is not authorized to perform: {action} on resource: {resource} because no {policy} allows the {verb} action.':
    '{who} n’est pas autorisé à effectuer {action} sur {resource}, car aucune {policy} n’autorise l’action {verb}.',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny in {policy}.':
    '{who} n’est pas autorisé à effectuer {action} sur {resource} : refus explicite dans {policy}.',
  'identity-based policy': 'stratégie basée sur l’identité',
  'permissions boundary': 'limite d’autorisations',
  'session policy': 'stratégie de session',
  'resource-based policy': 'stratégie basée sur les ressources',
  'service control policy': 'stratégie de garde-fou',
  'an identity-based policy': 'une stratégie basée sur l’identité',
  'a permissions boundary': 'une limite d’autorisations',
  'a session policy': 'une stratégie de session',
  'a resource-based policy': 'une stratégie basée sur les ressources',
  'a service control policy': 'une stratégie de garde-fou',
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
  'are needed: sign-ins return to one of them': 'sont nécessaires : une connexion revient vers l’une d’elles',
  'are needed with “Members of groups”': 'sont nécessaires avec « Membres de groupes »',
  'are of use only with “Members of groups”: choose that, or leave this empty':
    'n’ont d’effet qu’avec « Membres de groupes » : choisissez cette option, ou laissez ce champ vide',
  'must have more than dots': 'ne doit pas se composer que de points',
  'must not have the form of a unique id of users and roles':
    'ne doit pas avoir la forme d’un identifiant unique d’utilisateur ou de rôle',
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
  "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.":
    'Le certificat a expiré.',
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: {index}':
    'La chaîne de certificats doit commencer par celui de l’émetteur direct, suivi des autres dans l’ordre. Position du certificat non valide : {index}',
  'The private key did not match the public key provided. Please verify the key material and try again.':
    'la clé privée doit être celle du certificat',
  'the private key must be an unencrypted private key in PEM':
    'la clé privée doit être une clé PEM non chiffrée',
  'Unable to parse certificate. Please ensure the certificate is in PEM format.':
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
  'Reads IAM. Created at the first start, to try AssumeRole with. You may delete it.':
    'Lit IAM. Créé au premier démarrage, pour essayer AssumeRole. Vous pouvez le supprimer.',
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
  'Lets a function read the topics of a cluster of Amazon MSK and write logs.':
    'Permet à une fonction de lire les rubriques d’un cluster Amazon MSK et d’écrire des journaux.',
  'Lets a service call functions.': 'Permet à un service d’appeler des fonctions.',
  'Lets Auto Scaling change how many tasks of Amazon ECS run.':
    'Permet à Auto Scaling de modifier le nombre de tâches Amazon ECS en cours.',
  'Lets events start tasks of Amazon ECS.': 'Permet à des événements de démarrer des tâches Amazon ECS.',
  'Lets Spot Fleet start, tag and end machines.':
    'Permet à Spot Fleet de démarrer, de baliser et d’arrêter des machines.',
  'Lets Amazon EMR start and end the machines of its clusters.':
    'Permet à Amazon EMR de démarrer et d’arrêter les machines de ses clusters.',
  'Lets the machines of a cluster of Amazon EMR use the services that hold its data.':
    'Permet aux machines d’un cluster Amazon EMR d’utiliser les services qui contiennent ses données.',
  'Lets AWS Control Tower set up and watch the accounts of an organization.':
    'Permet à AWS Control Tower de configurer et de surveiller les comptes d’une organisation.',
  'Lets AWS Batch run jobs on machines and containers.':
    'Permet à AWS Batch d’exécuter des tâches sur des machines et dans des conteneurs.',
  'Lets AWS Backup make backups.': 'Permet à AWS Backup de créer des sauvegardes.',
  'Lets AWS Backup restore backups.': 'Permet à AWS Backup de restaurer des sauvegardes.',
  'Lets snapshots of volumes be made and deleted by a schedule.':
    'Permet de créer et de supprimer des instantanés de volumes selon un calendrier.',
  'Lets AWS CodeDeploy replace functions.': 'Permet à AWS CodeDeploy de remplacer des fonctions.',
  'Lets migrations of databases manage the addresses of their machines.':
    'Permet aux migrations de bases de données de gérer les adresses de leurs machines.',
  'Lets migrations of databases write logs.':
    'Permet aux migrations de bases de données d’écrire des journaux.',
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
  keys: 'clés',
  'resolve, connect and TLS': 'résolution, connexion et TLS',
  'discovery document and its issuer': 'document de découverte et son émetteur',
  'signature algorithms': 'algorithmes de signature',
  'client authentication': 'authentification du client',
  'sign-out': 'déconnexion',
  'authorization endpoint': 'point de terminaison d’autorisation',
  'client authentication at the token endpoint':
    'authentification du client au point de terminaison de jeton',
  'userinfo endpoint': 'point de terminaison userinfo',
  'list of addresses': 'liste des adresses',
  'fetch the metadata': 'récupérer les métadonnées',
  'read the metadata': 'lire les métadonnées',
  'metadata is still valid': 'les métadonnées sont encore valides',
  'find the sign-in endpoint': 'trouver le point de terminaison de connexion',
  'signing certificates are pinned': 'les certificats de signature sont épinglés',
  'resolve {host}': 'résoudre {host}',
  'connect to {host}': 'se connecter à {host}',
  'StartTLS with {host}': 'StartTLS avec {host}',
  'TLS with {host}': 'TLS avec {host}',
  'no bind at {host}': 'pas de liaison auprès de {host}',
  'bind at {host} as {name}': 'liaison auprès de {host} en tant que {name}',
  'read {name}={value}': 'lire {name}={value}',
  'read entryUUID': 'lire entryUUID',
  'read objectGUID': 'lire objectGUID',
  'search groups ({filter})': 'rechercher les groupes ({filter})',
  'search ({filter})': 'rechercher ({filter})',
  'no discovery document': 'aucun document de découverte',
  'not advertised': 'non annoncé',
  'not advertised; sent nevertheless': 'non annoncé ; envoyé malgré tout',
  'it offers {offered}; allowed are {allowed}': 'il propose {offered} ; autorisés : {allowed}',
  'it takes {methods} and not S256': 'il accepte {methods}, mais pas S256',
  'the keys: HTTP {status}': 'les clés : HTTP {status}',
  'no jwks_uri': 'aucun jwks_uri',
  '{count} usable, from the configuration': '{count} utilisables, de la configuration',
  '{count} usable': '{count} utilisables',
  'it has no end_session_endpoint, which sign_out needs':
    'il n’a pas d’end_session_endpoint, nécessaire à sign_out',
  '{url}; it must know https://<your Chancery>/signed-out as post-logout redirect URI':
    '{url} ; https://<votre Chancery>/signed-out doit y être enregistré comme URI de redirection après déconnexion',
  'HTTP {status} without a token; it should be 401': 'HTTP {status} sans jeton ; ce devrait être 401',
  'HTTP {status} without a token': 'HTTP {status} sans jeton',
  'credentials accepted ({answer})': 'identifiants acceptés ({answer})',
  'not certain: {answer}': 'incertain : {answer}',
  'credentials refused: {answer}': 'identifiants refusés : {answer}',
  'credentials refused:': 'identifiants refusés',
  'not signed, protected by https': 'non signées, protégées par https',
  'its signature is valid': 'leur signature est valide',
  'no expiry': 'sans expiration',
  'it expired on {date}': 'expirées le {date}',
  'no SingleSignOnService has the binding HTTP-Redirect':
    'aucun SingleSignOnService n’a le binding HTTP-Redirect',
  '{protocol}, certificate for {names}, until {end} ({days} days)':
    '{protocol}, certificat pour {names}, jusqu’au {end} ({days} jours)',
  'there is no such entry': 'cette entrée n’existe pas',
  'no user is found, or the service account may not read users':
    'aucun utilisateur trouvé, ou le compte de service ne peut pas lire les utilisateurs',
  'in no group': 'dans aucun groupe',
  '`{url}` is neither ldaps nor StartTLS, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` n’est ni ldaps ni StartTLS, et ne figure pas dans CHANCERY_OUTBOUND_ALLOW',
  '`{url}` is not https, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` n’est pas en https, et ne figure pas dans CHANCERY_OUTBOUND_ALLOW',
  '`{host}` does not resolve': '`{host}` ne peut pas être résolu',
  '`{host}` has no address': '`{host}` n’a pas d’adresse',
  'a redirect without a location': 'une redirection sans destination',
  'a redirect': 'une redirection',
  'more than {count} redirects': 'plus de {count} redirections',
  'not a URL': 'pas une URL',
  'the URL contains a user name': 'l’URL contient un nom d’utilisateur',
  'GET {url} failed: {why}': 'GET {url} a échoué : {why}',
  'POST {url} failed: {why}': 'POST {url} a échoué : {why}',
  'a body over {count} bytes': 'un corps de plus de {count} octets',
  'too many requests wait for this host': 'trop de requêtes attendent cet hôte',
  'left alone for a while after {count} failures in a row':
    'laissé de côté un moment après {count} échecs consécutifs',
  '`{origin}` answered {status}': '`{origin}` a répondu {status}',
  'The operation was aborted due to timeout': 'pas de réponse dans le délai imparti',
  'no answer in time': 'pas de réponse dans le délai imparti',
  'the connection was closed': 'la connexion a été fermée',
  'socket hang up': 'la connexion a été fermée',
  'connect ECONNREFUSED {address}': 'connexion refusée (ECONNREFUSED {address})',
  'getaddrinfo ENOTFOUND {host}': 'hôte inconnu (ENOTFOUND {host})',
  'self-signed certificate in certificate chain': 'certificat autosigné dans la chaîne de certificats',
  'self-signed certificate': 'certificat autosigné',
  'unable to verify the first certificate':
    'le certificat ne peut pas être vérifié : celui de son autorité manque',
  'unable to get local issuer certificate': 'le certificat n’a pas été émis par une autorité connue',
  'certificate has expired': 'le certificat a expiré',
  "Hostname/IP does not match certificate's altnames: {detail}":
    'le certificat ne vaut pas pour cet hôte : {detail}',
  'StartTLS was refused with code {code}': 'StartTLS a été refusé avec le code {code}',
  'plain-text bytes after the response to StartTLS': 'octets en clair après la réponse à StartTLS',
  'the answer is not LDAP': 'la réponse n’est pas du LDAP',
  'the response to StartTLS is another message': 'la réponse à StartTLS est un autre message',
  '`ldap{url}`: {why}': '`ldap{url}` : {why}',
  'ldap{url}: search below `{base}`: {answer}': 'ldap{url} : recherche sous `{base}` : {answer}',
  'ldap{url}: reading an entry: {answer}': 'ldap{url} : lecture d’une entrée : {answer}',
  'result code {code}: {answer}': 'code de résultat {code} : {answer}',
  'the discovery document: HTTP {status}': 'le document de découverte : HTTP {status}',
  'the discovery document must be a JSON object without duplicate keys':
    'le document de découverte doit être un objet JSON sans clés en double',
  'the discovery document names no {name}': 'le document de découverte n’indique pas de {name}',
  'the issuer is `{issuer}`, which is shared by many tenants: register the issuer of your own tenant':
    'l’émetteur est `{issuer}`, partagé par de nombreux locataires : enregistrez l’émetteur de votre propre locataire',
  'the discovery document is of another issuer: `{issuer}`':
    'le document de découverte est celui d’un autre émetteur : `{issuer}`',
  'the discovery document is of another issuer': 'le document de découverte est celui d’un autre émetteur',
  "the discovery document's {name} must be an https URL":
    '{name} du document de découverte doit être une URL https',
  'the key set is unusable: {why}': 'l’ensemble de clés est inutilisable : {why}',
  'not a JSON Web Key Set: `keys` must be an array': 'pas un JSON Web Key Set : `keys` doit être une liste',
  'it contains no key that can verify a signature':
    'il ne contient aucune clé permettant de vérifier une signature',
  'a key must be a JSON object': 'une clé doit être un objet JSON',
  'it holds a private key': 'il contient une clé privée',
  'the private key is no JWK or PEM of a type this server signs with':
    'la clé privée n’est pas un JWK ou un PEM d’un type avec lequel ce serveur signe',
  'the metadata: HTTP {status}': 'les métadonnées : HTTP {status}',
  'the metadata has expired': 'les métadonnées ont expiré',
  'the metadata was not fetched yet; `chancery provider check` shows why':
    'les métadonnées n’ont pas encore été récupérées ; `chancery provider check` indique pourquoi',
  'the metadata has no EntityDescriptor of `{id}`': 'les métadonnées n’ont pas d’EntityDescriptor de `{id}`',
  'the metadata has several EntityDescriptors of `{id}`':
    'les métadonnées ont plusieurs EntityDescriptor de `{id}`',
  'the signature of the metadata does not verify with metadata_certificate':
    'la signature des métadonnées ne se vérifie pas avec metadata_certificate',
  'the metadata is not signed, and metadata_certificate is set':
    'les métadonnées ne sont pas signées, et metadata_certificate est défini',
  'the metadata: {why}': 'les métadonnées : {why}',
  'the SAML metadata is not acceptable: {why}': 'les métadonnées SAML ne sont pas acceptables : {why}',
  'it is empty': 'elles sont vides',
  'its root must be one EntityDescriptor; for metadata of a federation, use only the EntityDescriptor of your provider':
    'leur racine doit être un EntityDescriptor ; pour les métadonnées d’une fédération, n’utilisez que l’EntityDescriptor de votre fournisseur',
  'entityID must be a URI of 1 to 1024 characters': 'entityID doit être une URI de 1 à 1024 caractères',
  'it must have exactly one IDPSSODescriptor': 'elles doivent avoir exactement un IDPSSODescriptor',
  'the IDPSSODescriptor does not support SAML 2.0': 'l’IDPSSODescriptor ne prend pas en charge SAML 2.0',
  'validUntil is not a time': 'validUntil n’est pas une date',
  'a Location of {name} is not a URL': 'une Location de {name} n’est pas une URL',
  'a ResponseLocation of {name} is not a URL': 'une ResponseLocation de {name} n’est pas une URL',
  'it has no signing certificate': 'elles n’ont pas de certificat de signature',
  'it has more than {count} signing certificates': 'elles ont plus de {count} certificats de signature',
  'a signing certificate cannot be read': 'un certificat de signature est illisible',
  "a signing certificate's key must be RSA of at least {count} bits, or EC":
    'la clé d’un certificat de signature doit être RSA d’au moins {count} bits, ou EC',
  'the XML has more than {count} characters': 'le XML a plus de {count} caractères',
  'the XML has more than {count} elements': 'le XML a plus de {count} éléments',
  'the XML has more than {count} attributes': 'le XML a plus de {count} attributs',
  'the XML has more than {count} namespace declarations':
    'le XML a plus de {count} déclarations d’espaces de noms',
  'the XML is deeper than {count}': 'le XML est plus profond que {count} niveaux',
  'comments are not allowed': 'les commentaires ne sont pas autorisés',
  'a DTD is not allowed': 'une DTD n’est pas autorisée',
  'declarations and CDATA sections are not allowed':
    'les déclarations et les sections CDATA ne sont pas autorisées',
  'processing instructions are not allowed': 'les instructions de traitement ne sont pas autorisées',
  'entities are not allowed': 'les entités ne sont pas autorisées',
  'it has characters that XML does not allow': 'il contient des caractères que XML n’autorise pas',
  'an element has too many attributes': 'un élément a trop d’attributs',
  'the XML is not well-formed': 'le XML n’est pas bien formé',
  'the XML has no element': 'le XML n’a aucun élément',
  'the XML has two roots': 'le XML a deux racines',
  'the XML has nodes other than elements and text': 'le XML a d’autres nœuds que des éléments et du texte',
  'an attribute is repeated': 'un attribut est répété',
  'an element is signed twice': 'un élément est signé deux fois',
  'a signature is in a place where none is allowed':
    'une signature se trouve à un endroit où aucune n’est autorisée',
  'an ID is repeated': 'un ID est répété',
  'the signed element has no usable ID': 'l’élément signé n’a pas d’ID utilisable',
  'the signature has an element that is not allowed': 'la signature a un élément non autorisé',
  'the canonicalization is not allowed': 'cette canonisation n’est pas autorisée',
  'the signature algorithm is not allowed': 'cet algorithme de signature n’est pas autorisé',
  'the signature covers another element': 'la signature porte sur un autre élément',
  'the digest algorithm is not allowed': 'cet algorithme de hachage n’est pas autorisé',
  'the transforms are not allowed': 'ces transformations ne sont pas autorisées',
  'SignedInfo is larger than a signature needs': 'SignedInfo est plus grand que ne l’exige une signature',
  'InclusiveNamespaces is repeated': 'InclusiveNamespaces est répété',
  'the token is of the issuer `{issuer}`': 'le jeton est de l’émetteur `{issuer}`',
  "alg `{alg}` is not one of the provider's algorithms":
    'alg `{alg}` n’est pas l’un des algorithmes du fournisseur',
  'the token was issued to another client': 'le jeton a été émis pour un autre client',
  'the keys, {why}': 'les clés : {why}',
  'http{url} answered {status}': 'http{url} a répondu {status}',
  'Missing a required claim: {name}': 'un claim requis manque : {name}',
  '`{name}` is not a time': '`{name}` n’est pas une date',
  '`aud` is not a string or a list of strings': '`aud` n’est ni une chaîne ni une liste de chaînes',
  '`azp` is not a string': '`azp` n’est pas une chaîne',
  'Incorrect token audience: a token with several `aud` must have an `azp`':
    'audience incorrecte : un jeton avec plusieurs `aud` doit avoir un `azp`',
  'Incorrect token audience': 'audience du jeton incorrecte',
  'the provider is disabled': 'le fournisseur est désactivé',
  'users do not sign in with this provider': 'personne ne se connecte avec ce fournisseur',
  'the claims have no subject': 'les claims n’ont pas de sujet',
  '`{path}` does not meet `require`': '`{path}` ne satisfait pas `require`',
  '`{name}` has this identity and is disabled': '`{name}` a cette identité et est désactivé',
  'has this identity': 'cette identité lui appartient',
  '{email} is verified, and its domain is one of this provider’s':
    '{email} est vérifié, et son domaine est l’un de ceux de ce fournisseur',
  '`{name}` has {email} already, and {why}; they can connect this identity once signed in':
    '`{name}` a déjà {email}, et {why} ; une fois connecté, il est possible d’y associer cette identité',
  'the provider does not mark it as verified': 'le fournisseur ne l’indique pas comme vérifié',
  'its domain is not among the domains of the provider': 'son domaine n’est pas l’un de ceux du fournisseur',
  'so have others': 'd’autres aussi',
  'is disabled': 'le compte est désactivé',
  'it is not verified here': 'il n’est pas vérifié ici',
  'is joined with another identity of this provider':
    'le compte est associé à une autre identité de ce fournisseur',
  'no user has this identity, and create_users is false':
    'personne n’a cette identité, et create_users vaut false',
  'no user has this identity; {email} is taken from `{name}`':
    'personne n’a cette identité ; {email} est retiré à `{name}`',
  'no user has this identity': 'personne n’a cette identité',
  'no audience is registered, so every token of this issuer is refused':
    'aucune audience n’est enregistrée, donc chaque jeton de cet émetteur est refusé',
  'add the audience of your workloads to client_ids':
    'ajoutez l’audience de vos charges de travail à client_ids',
  'addresses that the provider did not verify count as verified and select users: anyone who can set an address there can sign in as that user here':
    'des adresses que le fournisseur n’a pas vérifiées comptent comme vérifiées et désignent des utilisateurs : quiconque peut y définir une adresse peut se connecter ici à la place de cet utilisateur',
  'remove the default `true` of mapping.email_verified, or the domains':
    'retirez la valeur par défaut `true` de mapping.email_verified, ou les domaines',
  'addresses that the provider did not verify are stored as verified':
    'des adresses que le fournisseur n’a pas vérifiées sont enregistrées comme vérifiées',
  'remove the default `true` of mapping.email_verified':
    'retirez la valeur par défaut `true` de mapping.email_verified',
  '`domains` contains a domain where anybody can have an address':
    '`domains` contient un domaine où n’importe qui peut avoir une adresse',
  'name only domains of your own organisation': 'n’indiquez que des domaines de votre propre organisation',
  'anybody can have an account at this provider, and everybody who signs in becomes a user here':
    'n’importe qui peut avoir un compte chez ce fournisseur, et quiconque se connecte devient un utilisateur ici',
  'restrict sign-in with `require`, set create_users to false, or use the issuer of your own organisation':
    'limitez la connexion avec `require`, mettez create_users à false, ou utilisez l’émetteur de votre propre organisation',
  'everybody who signs in becomes a user here: neither a domain nor a rule restricts it':
    'quiconque se connecte devient un utilisateur ici : ni domaine ni règle ne le limite',
  'list its domains, restrict sign-in with `require`, or set create_users to false':
    'indiquez ses domaines, limitez la connexion avec `require`, ou mettez create_users à false',
  'users without groups at the provider are put into groups by a default':
    'les utilisateurs sans groupe chez le fournisseur sont placés dans des groupes par une valeur par défaut',
  'remove the default of mapping.groups': 'retirez la valeur par défaut de mapping.groups',
  'a single factor counts as the second one': 'un seul facteur compte comme le second',
  'list only values that mean two factors, such as `mfa`, in second_factor.amr':
    'n’indiquez dans second_factor.amr que des valeurs qui signifient deux facteurs, comme `mfa`',
  'users who used a single factor at the provider need no second one, unless they enrolled one here':
    'les utilisateurs ayant utilisé un seul facteur chez le fournisseur n’en ont pas besoin d’un second, sauf s’ils en ont configuré un ici',
  'set second_factor.ask to `everyone`': 'mettez second_factor.ask à `everyone`',
  'the issuer uses plain http: anyone on the network path can sign in as any user and read the userinfo response':
    'l’émetteur utilise http en clair : quiconque se trouve sur le chemin réseau peut se connecter comme n’importe quel utilisateur et lire la réponse userinfo',
  'use an https issuer': 'utilisez un émetteur https',
  'the keys are fetched over plain http: anyone on the network path can replace them':
    'les clés sont récupérées par http en clair : quiconque se trouve sur le chemin réseau peut les remplacer',
  'use an https jwks_uri': 'utilisez un jwks_uri en https',
  'the keys are uploaded: sign-in stops when the provider rotates them, and a withdrawn key stays valid':
    'les clés sont importées : la connexion cesse quand le fournisseur les renouvelle, et une clé retirée reste valide',
  'use discovery or jwks_uri where the issuer can be reached':
    'utilisez la découverte ou jwks_uri si l’émetteur est joignable',
  'the client has no secret: only PKCE protects a stolen code, if the provider supports PKCE':
    'le client n’a pas de secret : seul PKCE protège un code volé, si le fournisseur prend en charge PKCE',
  'the client has no secret: only PKCE protects a stolen code':
    'le client n’a pas de secret : seul PKCE protège un code volé',
  'register a confidential client: client_secret, or better private_key':
    'enregistrez un client confidentiel : client_secret, ou mieux private_key',
  'register a confidential client with a client_secret':
    'enregistrez un client confidentiel avec un client_secret',
  'the issuer is shared by many tenants, so users cannot sign in with it':
    'l’émetteur est partagé par de nombreux locataires, il est donc impossible de s’y connecter',
  'use the issuer of your own tenant, `https://login.microsoftonline.com/<tenant id>/v2.0`':
    'utilisez l’émetteur de votre propre locataire, `https://login.microsoftonline.com/<tenant id>/v2.0`',
  '`acr` 0 counts as a second factor: it stands for no authentication worth the name':
    '`acr` 0 compte comme un second facteur : il ne désigne aucune authentification digne de ce nom',
  'leave `0` out of second_factor.acr (OIDC Core §2)': 'retirez `0` de second_factor.acr (OIDC Core §2)',
  '`prompt=none` in parameters: who has no session there is refused instead of asked':
    '`prompt=none` dans parameters : une personne sans session là-bas est refusée au lieu d’être invitée à se connecter',
  'leave it out': 'retirez-le',
  'an endpoint uses plain http: anyone on the network path can sign in as any user':
    'un point de terminaison utilise http en clair : quiconque se trouve sur le chemin réseau peut se connecter comme n’importe quel utilisateur',
  'use https endpoints': 'utilisez des points de terminaison https',
  'the subject is `{subject}`, which may change or go to somebody else, and their account here with it':
    'le sujet est `{subject}`, qui peut changer ou passer à quelqu’un d’autre, et le compte d’ici avec lui',
  'use the claim with the number or opaque id as subject':
    'utilisez comme sujet le claim contenant le numéro ou l’identifiant opaque',
  'verified addresses rely on the userinfo endpoint alone':
    'les adresses vérifiées reposent sur le seul point de terminaison userinfo',
  'set emails_endpoint where there is one, or make sure that `email_verified` is reliable':
    'définissez emails_endpoint s’il existe, ou assurez-vous que `email_verified` est fiable',
  'the issuer is of another origin than the token endpoint':
    'l’émetteur est d’une autre origine que le point de terminaison de jeton',
  'make sure that the issuer belongs to this provider and to no other':
    'assurez-vous que l’émetteur appartient à ce fournisseur et à aucun autre',
  'its metadata was not fetched yet: nobody can sign in with it until then':
    'ses métadonnées n’ont pas encore été récupérées : d’ici là, personne ne peut s’y connecter',
  'start the server, and see that metadata_url answers':
    'démarrez le serveur, et vérifiez que metadata_url répond',
  'its metadata has expired: nobody can sign in with it':
    'ses métadonnées ont expiré : personne ne peut s’y connecter',
  'configure its current metadata': 'configurez ses métadonnées actuelles',
  'its metadata expires within 30 days': 'ses métadonnées expirent dans les 30 jours',
  'configure newer metadata before that': 'configurez des métadonnées plus récentes avant cela',
  'a signing certificate has expired; its signatures are accepted as long as it is in the metadata':
    'un certificat de signature a expiré ; ses signatures sont acceptées tant qu’il figure dans les métadonnées',
  'configure metadata without it': 'configurez des métadonnées sans lui',
  'every signing certificate expires within 30 days':
    'tous les certificats de signature expirent dans les 30 jours',
  'configure metadata that has the next certificate as well: both are accepted while one is replaced':
    'configurez des métadonnées contenant aussi le prochain certificat : les deux sont acceptés pendant le remplacement',
  'a signing certificate is itself signed with SHA-1':
    'un certificat de signature est lui-même signé avec SHA-1',
  'create a new certificate at the provider': 'créez un nouveau certificat chez le fournisseur',
  'an endpoint is plain http: requests can be read on the network':
    'un point de terminaison est en http en clair : les requêtes peuvent être lues sur le réseau',
  'it requires signed requests, and requests of this server are not signed':
    'il exige des requêtes signées, et celles de ce serveur ne le sont pas',
  'set private_key and certificate': 'définissez private_key et certificate',
  'the subject is an e-mail address: whoever gets the address later can sign in as that user':
    'le sujet est une adresse e-mail : quiconque obtient l’adresse plus tard peut se connecter à la place de cet utilisateur',
  'configure the provider to send a persistent NameID, or use an attribute that never changes':
    'configurez le fournisseur pour qu’il envoie un NameID persistant, ou utilisez un attribut qui ne change jamais',
  'assertions need not be signed: only the signature of the response protects them':
    'les assertions n’ont pas à être signées : seule la signature de la réponse les protège',
  'set want to `assertion` or `both`': 'mettez want à `assertion` ou `both`',
  'passwords go to {url} unencrypted, and nothing shows that it is the directory':
    'les mots de passe sont envoyés à {url} en clair, et rien ne montre que c’est l’annuaire',
  'write the URL with ldaps://, or set `start_tls: true`':
    'écrivez l’URL avec ldaps://, ou définissez `start_tls: true`',
  'the authority `{name}` ended on {date}': 'l’autorité `{name}` a expiré le {date}',
  'the authority `{name}` ends on {date}': 'l’autorité `{name}` expire le {date}',
  'add its successor; `ca` may contain several':
    'ajoutez celle qui lui succède ; `ca` peut en contenir plusieurs',
  'the directory is searched anonymously, so anybody on the network can list its users':
    'l’annuaire est interrogé anonymement, donc quiconque sur le réseau peut en lister les utilisateurs',
  'set `bind_dn` and `bind_password` of an account that may only read':
    'définissez `bind_dn` et `bind_password` d’un compte qui ne peut que lire',
  "`{name}` looks like the directory's administrator; searching needs no such power":
    '`{name}` ressemble à l’administrateur de l’annuaire ; la recherche n’exige pas un tel pouvoir',
  'use an account that may only read users and groups':
    'utilisez un compte qui ne peut que lire les utilisateurs et les groupes',
  '`{attribute}` may be given to another person, who then signs in as the first':
    '`{attribute}` peut être attribué à une autre personne, qui se connecte alors à la place de la première',
  'use `entryUUID`, or `objectGUID` with Active Directory':
    'utilisez `entryUUID`, ou `objectGUID` avec Active Directory',
  'all that applications got from sign-ins with it':
    'tout ce que les applications ont obtenu par des connexions avec lui',
  'all that were made from sign-ins with it or from its tokens and assertions':
    'toutes celles issues de connexions avec lui, ou de ses jetons et assertions',
  'must be left out when there is a token': 'doit rester vide quand il y a un jeton',
  'are required: a provider of the kind {kind} gives no ID tokens':
    'requis : un fournisseur du type {kind} ne donne pas de jetons d’identité',
  'is required when there are no claims': 'est requis quand il n’y a pas de claims',
  'must be a JSON object': 'doit être un objet JSON',
  'What the identity provider sent is too much.':
    'Ce que le fournisseur d’identité a envoyé est trop volumineux.',
  'Users do not sign in with this provider; use `chancery trust try` for workloads.':
    'Personne ne se connecte avec ce fournisseur ; pour les charges de travail, utilisez `chancery trust try`.',
  'must be an https URL without query, fragment or user':
    'doit être une URL https sans requête, fragment ni utilisateur',
  'must be an https URL without fragment or user': 'doit être une URL https sans fragment ni utilisateur',
  'must be https, unless the operator names its host in CHANCERY_OUTBOUND_ALLOW':
    'doit être en https, sauf si l’exploitant indique l’hôte dans CHANCERY_OUTBOUND_ALLOW',
  'is at `{host}`, which is not public: the operator must name it in CHANCERY_OUTBOUND_ALLOW':
    'se trouve sur `{host}`, qui n’est pas public : l’exploitant doit l’indiquer dans CHANCERY_OUTBOUND_ALLOW',
  'must be 1 to 64 of `A-Z a-z 0-9 . _ -`': 'doit comporter 1 à 64 caractères parmi `A-Z a-z 0-9 . _ -`',
  'must not be `.` or `..`': 'ne doit pas être `.` ou `..`',
  'must be a valid tag key': 'doit être une clé d’étiquette valide',
  'keys that begin with `aws:` or `chancery:` are reserved':
    'les clés qui commencent par `aws:` ou `chancery:` sont réservées',
  'must be a domain name': 'doit être un nom de domaine',
  'must have no default: with one, everybody could sign in':
    'ne doit pas avoir de valeur par défaut : sinon, tout le monde pourrait se connecter',
  'must not contain a parameter that this server sets itself':
    'ne doit pas contenir un paramètre que ce serveur définit lui-même',
  'use either client_secret or private_key': 'utilisez soit client_secret, soit private_key',
  'private_key must be a private key as JWK or PEM':
    'private_key doit être une clé privée au format JWK ou PEM',
  'use either jwks or jwks_uri': 'utilisez soit jwks, soit jwks_uri',
  'sign_in needs a name': 'sign_in nécessite un nom',
  'is required: {form}': 'est requis : {form}',
  'is no issuer of `{preset}`: that is {form}': 'n’est pas un émetteur de `{preset}` : c’est {form}',
  'is a trust domain, whose keys are a SPIFFE bundle':
    'est un domaine de confiance, dont les clés sont un bundle SPIFFE',
  'a SPIFFE trust domain issues tokens for workloads only':
    'un domaine de confiance SPIFFE n’émet des jetons que pour des charges de travail',
  'is required without a preset': 'est requis sans préréglage',
  'goes with a preset': 'va avec un préréglage',
  'is set by the preset `{preset}`': 'est défini par le préréglage `{preset}`',
  'must be `ldaps://host[:port]` or `ldap://host[:port]`':
    'doit être `ldaps://host[:port]` ou `ldap://host[:port]`',
  'must be a distinguished name, as `ou=people,dc=acme,dc=example`':
    'doit être un nom distinctif, comme `ou=people,dc=acme,dc=example`',
  'must be a distinguished name, or `user@domain`': 'doit être un nom distinctif, ou `user@domain`',
  'is no attribute': 'n’est pas un attribut',
  'is not to be read': 'ne doit pas être lu',
  'must hold `{place}` behind an `=`': 'doit contenir `{place}` derrière un `=`',
  'must hold `{place}`': 'doit contenir `{place}`',
  'must be one filter in parentheses, as `(uid={username})`':
    'doit être un filtre entre parenthèses, comme `(uid={username})`',
  'may escape ASCII characters alone, as `\\2a`': 'ne peut échapper que des caractères ASCII, comme `\\2a`',
  'holds no PEM certificate': 'ne contient pas de certificat PEM',
  'holds a certificate that cannot be read': 'contient un certificat illisible',
  'bind_dn and bind_password must be set together': 'bind_dn et bind_password doivent être définis ensemble',
  'start_tls is for `ldap://`; `ldaps://` has TLS already':
    'start_tls est pour `ldap://` ; `ldaps://` a déjà TLS',
  'must be a URI of 1 to 1024 characters': 'doit être une URI de 1 à 1024 caractères',
  'private_key and certificate must be set together':
    'private_key et certificate doivent être définis ensemble',
  'private_key must be RSA': 'private_key doit être RSA',
  'certificate does not belong to private_key': 'certificate ne correspond pas à private_key',
  'private_key and certificate must be PEM': 'private_key et certificate doivent être au format PEM',
  'sign_out needs private_key and certificate': 'sign_out nécessite private_key et certificate',
  'exactly one of metadata, metadata_file and metadata_url must be given':
    'il faut exactement l’un de metadata, metadata_file et metadata_url',
  'entity_id must be given with metadata_url, and only with it':
    'entity_id doit être indiqué avec metadata_url, et seulement avec lui',
  'metadata_certificate needs metadata_url': 'metadata_certificate nécessite metadata_url',
  'metadata_certificate must be PEM': 'metadata_certificate doit être au format PEM',
  'The entry has more than {count} members and items.': 'L’entrée a plus de {count} membres et éléments.',
  'is not known here': 'n’est pas connu ici',
  'is part of its ARN and cannot be changed: create another provider':
    'fait partie de son ARN et ne peut pas être modifié : créez un autre fournisseur',
  'names the identities of its users and cannot be changed: create another provider':
    'nomme les identités de ses utilisateurs et ne peut pas être modifié : créez un autre fournisseur',
  'is for the configuration file: give `{name}` itself':
    'est pour le fichier de configuration : indiquez `{name}` lui-même',
  'must not have a private key: everybody may read it':
    'ne doit pas contenir de clé privée : tout le monde peut la lire',
  'must be given again, because it would be sent to another server':
    'doit être indiqué à nouveau, car il serait envoyé à un autre serveur',
  '`{domain}` is a domain of `{name}`': '`{domain}` est un domaine de `{name}`',
  '`{url}` is the issuer of another identity provider':
    '`{url}` est l’émetteur d’un autre fournisseur d’identité',
  '`{name}` is the name of another identity provider':
    '`{name}` est le nom d’un autre fournisseur d’identité',
  'the issuer `{url}` is not acceptable: its claims could be mistaken for condition keys of AWS; use an issuer with a full host name':
    'l’émetteur `{url}` n’est pas acceptable : ses claims pourraient être confondus avec des clés de condition d’AWS ; utilisez un émetteur avec un nom d’hôte complet',
  'An account has at most {count} providers of kind {kind}.':
    'Un compte a au plus {count} fournisseurs du type {kind}.',
  'Cannot exceed quota for {quota}: {count}.': 'Le quota {quota} ne peut pas être dépassé : {count}.',
  'needs a `map` that names the groups, because there are more than {count}':
    'nécessite un `map` qui nomme les groupes, car il y en a plus de {count}',
  'It was in the configuration file: change its settings here before you enable it, or add it there again.':
    'Il figurait dans le fichier de configuration : modifiez ses paramètres ici avant de l’activer, ou rajoutez-le là-bas.',
  'This identity provider is in the configuration file: change it there, under `identity_providers:`.':
    'Ce fournisseur d’identité figure dans le fichier de configuration : modifiez-le là, sous `identity_providers:`.',
  'It was changed meanwhile: read it and repeat the change.':
    'Il a été modifié entre-temps : rechargez la page et refaites la modification.',
  'There is no identity provider `{arn}` any more.': 'Le fournisseur d’identité `{arn}` n’existe plus.',
  'There is no such identity provider.': 'Ce fournisseur d’identité n’existe pas.',
  'there is no such identity provider': 'ce fournisseur d’identité n’existe pas',
  'An error occurred while calling the identity provider.':
    'Une erreur s’est produite lors de l’appel du fournisseur d’identité.',
  'until {date}': 'jusqu’au {date}',
  '{certificate} until {date}': '{certificate} jusqu’au {date}',
  'with a SPIFFE bundle, jwks_uri (the bundle endpoint) or jwks (the bundle) must be given':
    'avec un bundle SPIFFE, il faut jwks_uri (le point de terminaison du bundle) ou jwks (le bundle)',
  'use either ca or ca_file': 'utilisez soit ca, soit ca_file',
  'ldap{url}: bind as `{name}`: {answer}': 'ldap{url} : liaison en tant que `{name}` : {answer}',
  'the entry has {count} values of `{attribute}`; the subject is one':
    'l’entrée a {count} valeurs de `{attribute}` ; le sujet en est une seule',
  '`{attribute}` is no subject: it must be a GUID, or text of up to 255 characters':
    '`{attribute}` n’est pas un sujet : ce doit être un GUID, ou un texte de 255 caractères au plus',
  'the person is in more than {count} groups; narrow `groups.filter` or `groups.base_dn`':
    'la personne est dans plus de {count} groupes ; restreignez `groups.filter` ou `groups.base_dn`',
  'People sign in with it since a moment ago: try again.':
    'Des personnes s’y connectent depuis un instant : réessayez.',
  'There is no person `{name}` in this account: name one, or give an ARN.':
    'La personne `{name}` n’existe pas dans ce compte. Nommez-en une autre ou indiquez un ARN.',
  'Column {at} `{name}` is not known (separate columns by commas); columns are {columns}.':
    'La colonne {at} `{name}` est inconnue (séparez les colonnes par des virgules) ; les colonnes sont {columns}.',
  'Column {at} `{name}` is not known; columns are {columns}.':
    'La colonne {at} `{name}` est inconnue ; les colonnes sont {columns}.',
  'Column {at} `{name}` is the same as column {first}.':
    'La colonne {at} `{name}` est la même que la colonne {first}.',
  'And {count} more columns.': 'Et {count} autres colonnes.',
  'There is no column `name`; columns are {columns}.':
    'Il manque la colonne `name` ; les colonnes sont {columns}.',
  '`password` is not imported: give `password_hash`, or leave it out and use --invite.':
    '`password` n’est pas importé : indiquez `password_hash`, ou omettez-le et invitez les personnes.',
  'has {count} fields, and the header has {columns}': 'a {count} champs, et l’en-tête en a {columns}',
  'is longer than {most} characters: a quote may not be closed':
    'dépasse {most} caractères : un guillemet n’est peut-être pas fermé',
  'has a quote inside of a field that does not begin with one':
    'a un guillemet dans un champ qui ne commence pas par un guillemet',
  'has a quote that is not closed': 'a un guillemet qui n’est pas fermé',
  'has text after the closing quote of a field': 'a du texte après le guillemet fermant d’un champ',
  'is not UTF-8': 'n’est pas en UTF-8',
  'must be well-formed Unicode': 'doit être de l’Unicode valide',
  'must be a hash in an accepted form: {forms}': 'doit être un hachage sous l’une de ces formes : {forms}',
  'is another on line {line}, which has the same name and comes first':
    'est différent à la ligne {line}, qui porte le même nom et vient en premier',
  'is on line {line} too': 'figure aussi à la ligne {line}',
  'has a {what} of {value}; at most {most} is accepted':
    'a pour « {what} » {value} ; {most} au plus est accepté',
  'has a {what} of {value}; at least {least} is accepted':
    'a pour « {what} » {value} ; il faut au moins {least}',
  'the request body came too slowly': 'la requête est arrivée trop lentement',
  'the request body broke off': 'la requête s’est interrompue',
  'the request body is larger than {count} bytes': 'la requête dépasse {count} octets',
  'more than {count} parameters': 'plus de {count} paramètres',
  'the parameter `{name}` stands twice': 'le paramètre `{name}` figure deux fois',
  'a parameter has a broken percent escape': 'un paramètre est mal encodé',
  'a parameter is not valid UTF-8': 'un paramètre n’est pas de l’UTF-8 valide',
  'a parameter holds a NUL character': 'un paramètre contient un caractère NUL',
  'a field of the form stands twice': 'un champ du formulaire figure deux fois',
  'a field holds a NUL character': 'un champ contient un caractère NUL',
  'more than {count} fields': 'plus de {count} champs',
  'the form cannot be read': 'le formulaire est illisible',
  'this form is too old or came from elsewhere; load the page again':
    'ce formulaire est trop ancien ou provient d’ailleurs ; rechargez la page',
  'this form came from another site': 'ce formulaire provient d’un autre site',
  'too many requests from this address': 'trop de requêtes depuis cette adresse',
  'too many requests at the moment': 'trop de requêtes en ce moment',
  'this path accepts {methods}': 'méthodes acceptées à cette adresse : {methods}',
  'internal error; the log has details under the request id':
    'erreur interne ; le journal contient les détails sous la référence',
  'sign in first': 'connectez-vous d’abord',
  'there is nothing of this kind to propose': 'il n’y a rien de ce genre à proposer',
  'the tests of this form cannot be read: open it anew':
    'les tests de ce formulaire sont illisibles : rouvrez-le',
  'the description must have at most 1000 characters':
    'la description doit comporter au plus 1000 caractères',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'quelqu’un a modifié la stratégie ou ses tests depuis l’ouverture de ce formulaire : comparez ci-dessous avec ce qui est en vigueur, puis rouvrez l’éditeur',
  'the document is too long': 'le document est trop long',
  'there is no such logo': 'ce logo n’existe pas',
  'fields are missing': 'il manque des champs',
  '`use` must be one of {values}': '`use` doit être l’une de ces valeurs : {values}',
  'the policy or its tests were changed since they were read':
    'la stratégie ou ses tests ont été modifiés depuis leur lecture',
  'the tests cannot be read': 'les tests sont illisibles',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{failing} test sur {count} échoue : modifiez le document, ou modifiez ou supprimez le test',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{failing} tests sur {count} échouent : modifiez le document, ou modifiez ou supprimez le test',
  'is not known in {where}; known are {names}': 'n’est pas connu dans {where} ; sont connus {names}',
  'is not known in {where}': 'n’est pas connu dans {where}',
  'the path': 'le chemin',
  'the query': 'la requête',
  'the body': 'le corps',
  'must be the `cursor` of the previous page of the same list, at most a day old':
    'doit être le `cursor` de la page précédente de la même liste, vieux d’un jour au plus',
  'there is no account `{name}`': 'le compte `{name}` n’existe pas',
  'access request': 'Demande d’accès',
  'managed policy': 'Stratégie gérée',
  'audit entry': 'Entrée du journal',
  'audit entry of the request': 'Entrée du journal de la requête',
  'saved audit view': 'Vue enregistrée',
  'SCIM token': 'Jeton SCIM',
  '`{arn}` belongs to the account of the first start, whose administrators operate the server':
    '`{arn}` appartient au premier compte, dont les administrateurs exploitent le serveur',
  'this needs `{action}` for everybody: your policies make exceptions, which cannot be looked through for more than {count} people':
    'cela exige `{action}` pour tout le monde : vos stratégies font des exceptions, qui ne peuvent pas être examinées pour plus de {count} personnes',
  'mail is not configured: leave `invite` out': 'la messagerie n’est pas configurée : omettez `invite`',
  'mail is not configured: leave `mail` out and hand the link over':
    'la messagerie n’est pas configurée : omettez `mail` et remettez le lien vous-même',
  'is another in a row before, of the same name': 'diffère dans une ligne précédente du même nom',
  'the name `{name}` is taken by a person with another {what}':
    'le nom `{name}` appartient à une personne pour laquelle ceci diffère : {what}',
  'must be left out when there is a password': 'doit être omis quand il y a un mot de passe',
  'must not contain `/`': 'ne doit pas contenir `/`',
  '`{person}` has no session `{session}`; `{command}` lists them':
    '`{person}` n’a pas de session `{session}` ; `{command}` les liste',
  '`{person}` has no factor `{factor}`; `{command}` lists them':
    '`{person}` n’a pas de facteur `{factor}` ; `{command}` les liste',
  '`{person}` trusts no browser `{browser}`; `{command}` lists them':
    '`{person}` ne fait confiance à aucun navigateur `{browser}` ; `{command}` les liste',
  'must have at most {count} bytes': 'doit comporter au plus {count} octets',
  'there is no person `{name}` in account {account}; `{command}` lists what there is':
    'la personne `{name}` : introuvable dans le compte {account} ; `{command}` liste ce qui existe',
  'there is no group `{name}` in account {account}; `{command}` lists what there is':
    'le groupe `{name}` : introuvable dans le compte {account} ; `{command}` liste ce qui existe',
  'there is no client `{name}` in account {account}; `{command}` lists what there is':
    'le client `{name}` : introuvable dans le compte {account} ; `{command}` liste ce qui existe',
  'there is no account `{name}`; `{command}` lists what there is':
    'le compte `{name}` n’existe pas ; `{command}` liste ce qui existe',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone':
    '{kind} `{name}` : introuvable dans le compte {account} ; les entrées plus anciennes que la durée de conservation ont été supprimées',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone; `{command}` lists what there is':
    '{kind} `{name}` : introuvable dans le compte {account} ; les entrées plus anciennes que la durée de conservation ont été supprimées ; `{command}` liste ce qui existe',
  'there is no {kind} `{name}` in account {account}; `{command}` lists what there is':
    '{kind} `{name}` : introuvable dans le compte {account} ; `{command}` liste ce qui existe',
  'there is no {kind} `{name}` in account {account}':
    '{kind} `{name}` : introuvable dans le compte {account}',
  'there is no {kind} `{name}`; `{command}` lists what there is':
    '{kind} `{name}` : introuvable ; `{command}` liste ce qui existe',
  'Policy {arn} version {version} does not exist or is not attachable.':
    'La version {version} de la stratégie {arn} n’existe pas ou ne peut pas être attachée.',
  'Instance Profile {name} cannot be found.': 'Le profil d’instance {name} est introuvable.',
  'The Password Policy with domain name {account} cannot be found.':
    'Les règles des mots de passe du compte {account} sont introuvables.',
  'The account policy with name PasswordPolicy cannot be found.':
    'Ce compte n’a pas de règles des mots de passe.',
  'The user policy with name {name} cannot be found.':
    'La stratégie en ligne {name} de la personne est introuvable.',
  'The group policy with name {name} cannot be found.':
    'La stratégie en ligne {name} du groupe est introuvable.',
  'The role policy with name {name} cannot be found.':
    'La stratégie en ligne {name} du rôle est introuvable.',
  'Scope ARN: {arn} does not exist or is not attachable.':
    'La stratégie {arn} n’existe pas ou ne peut pas servir de limite d’autorisations.',
  'Login Profile for User {name} cannot be found.': '{name} n’a pas de mot de passe.',
  'MFA Device with serial number {serial} does not exist.': 'L’authentificateur {serial} n’existe pas.',
  'MFA Device invalid for user. Serial number: {serial}':
    'L’authentificateur n’appartient pas à cette personne : {serial}',
  'OpenIDConnect Provider not found for arn {arn}': 'Le fournisseur OpenID Connect {arn} est introuvable',
  'OpenId connect Provider {arn} cannot be found.': 'Le fournisseur OpenID Connect {arn} est introuvable.',
  'Manifest not found for arn {arn}': 'Le fournisseur SAML {arn} est introuvable',
  'The account alias {alias} cannot be found.': 'L’alias de compte {alias} est introuvable.',
  'The Public Key with id {id} cannot be found.': 'La clé SSH {id} est introuvable.',
  'The Certificate with id {id} cannot be found.': 'Le certificat {id} est introuvable.',
  'No such credential {id} exists': 'Les identifiants de service {id} sont introuvables',
  'No such service {service} is supported for Service Specific Credentials. The services are: {services}.':
    'Il n’y a pas d’identifiants pour le service {service}. Services possibles : {services}.',
  'User with name {name} already exists.': 'Une personne nommée {name} existe déjà.',
  'Group with name {name} already exists.': 'Un groupe nommé {name} existe déjà.',
  'Instance Profile {name} already exists.': 'Le profil d’instance {name} existe déjà.',
  'Login Profile for user {name} already exists.': '{name} a déjà un mot de passe.',
  'MFA device already exists.': 'L’authentificateur existe déjà.',
  'MFA Device for user {user} already exists.': 'Cet authentificateur est déjà celui de {user}.',
  'MFA Device is already in use.': 'L’authentificateur est déjà utilisé.',
  'Provider with url {url} already exists.': 'Un fournisseur avec l’URL {url} existe déjà.',
  'Provider with name {name} already exists.': 'Un fournisseur nommé {name} existe déjà.',
  'The account alias {alias} already exists.': 'L’alias de compte {alias} existe déjà.',
  'Cannot delete entity, must delete access keys first.':
    'Suppression impossible : supprimez d’abord les clés d’accès.',
  'Cannot delete entity, must remove tokens from principal first.':
    'Suppression impossible : supprimez d’abord l’authentificateur.',
  'Cannot delete entity, must delete SSH public keys first.':
    'Suppression impossible : supprimez d’abord les clés SSH.',
  'Cannot delete entity, must delete certificates first.':
    'Suppression impossible : supprimez d’abord les certificats de signature.',
  'Cannot delete entity, must remove referenced objects first. These are service-specific credentials.':
    'Suppression impossible : supprimez d’abord les identifiants de service.',
  'Cannot delete entity, must delete login profile first.':
    'Suppression impossible : supprimez d’abord le mot de passe.',
  'Cannot delete entity, must remove users from group first.':
    'Suppression impossible : retirez d’abord les membres du groupe.',
  'Cannot delete the default version of a policy.':
    'La version en vigueur d’une stratégie ne peut pas être supprimée.',
  'MFA VirtualDevice in use. Must deactivate first.':
    'L’authentificateur est utilisé. Désactivez-le d’abord.',
  'The specified value for {name} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-':
    'La valeur de {name} n’est pas valide. Seuls les lettres, les chiffres et +=,.@_- sont admis.',
  'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.':
    'Le chemin n’est pas valide. Il doit commencer et finir par / et ne contenir que des lettres, des chiffres et des /.',
  'The specified value for accountAlias is invalid. It must not be 12 digits, as the ID of an account is.':
    'L’alias de compte n’est pas valide. Il ne doit pas être formé de 12 chiffres, comme l’ID d’un compte.',
  'Maximum policy size of {count} bytes exceeded for {kind} {name}':
    'Les stratégies de {kind} {name} dépassent {count} octets au total',
  'The number of tags has reached the maximum limit. Cannot exceed quota for {quota}: {count}':
    'Le nombre maximal d’étiquettes est atteint. Quota {quota} : {count}',
  'Tag keys beginning with aws: are reserved for system use.':
    'Les clés d’étiquette qui commencent par aws: sont réservées au système.',
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.':
    'Une clé d’étiquette figure deux fois. La casse ne compte pas dans les clés d’étiquettes.',
  'you have asked for access many times within the last hour: try again later':
    'vous avez demandé l’accès de nombreuses fois au cours de la dernière heure : réessayez plus tard',
  'you have {count} open requests: wait for a decision, or withdraw one':
    'vous avez {count} demandes ouvertes : attendez une décision ou retirez-en une',
  'only a person asks for access': 'seule une personne peut demander l’accès',
  'the request is {state}: it was decided or withdrawn meanwhile':
    'la demande n’est plus ouverte ({state}) : elle a été décidée ou retirée entre-temps',
  'there is no such role that can be asked for': 'ce rôle n’existe pas ou ne peut pas être demandé',
  'a guardrail has at most {count} characters': 'un garde-fou comporte au plus {count} caractères',
  'an account has at most {count} guardrails': 'un compte a au plus {count} garde-fous',
  'the account has no guardrail `{name}`': 'le compte n’a pas de garde-fou `{name}`',
  'the last guardrail stays: put one that allows everything in its place':
    'le dernier garde-fou reste : remplacez-le par un autre qui autorise tout',
  'the first account manages the others: it is neither closed nor limited':
    'le premier compte gère les autres : il n’est ni fermé ni limité',
  'Outbound identity federation is disabled for account {account}':
    'les jetons d’identité pour des services externes ne sont pas activés dans le compte {account}',
  'Outbound web identity federation is already enabled for this account':
    'les jetons d’identité pour des services externes sont déjà activés dans ce compte',
  'an account has at most {count} saved views': 'un compte a au plus {count} vues enregistrées',
  'The security token included in the request is invalid.':
    'Les identifiants de la requête ne sont pas valides.',
  'Request is missing Authentication Token': 'Il manque des identifiants à la requête',
  'the account is closed': 'le compte est fermé',
  "the {kind}'s principal was deleted": 'le principal de {kind} a été supprimé',
  'the principal is of another account': 'le principal est d’un autre compte',
  'the user was deleted or disabled': 'la personne a été supprimée ou désactivée',
  'the session was revoked by {scope} `{value}`': 'la session a été révoquée : {scope} `{value}`',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because the session was made without MFA':
    '{who} n’est pas autorisé à effectuer {action} sur {resource}, car la session a été créée sans second facteur',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because federated users cannot call IAM, STS or the admin API':
    '{who} n’est pas autorisé à effectuer {action} sur {resource}, car les utilisateurs fédérés ne peuvent appeler ni IAM, ni STS, ni l’API d’administration',
  "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS":
    'Le rôle protégé « {name} » ne peut pas être modifié',
  'Must specify userName when calling with non-User credentials':
    'userName est obligatoire sans identifiants d’une personne',
  'The user with name {name} does not have a permissions boundary.':
    '{name} n’a pas de limite d’autorisations.',
  'The role with name {name} does not have a permissions boundary.':
    '{name} n’a pas de limite d’autorisations.',
  'Authentication code for device is not valid.': 'Le code de l’authentificateur n’est pas valide.',
  'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.':
    'Pour cette action, authentifiez-vous avec un de vos authentificateurs activés.',
  'ARN {arn} is not valid.': 'L’ARN {arn} n’est pas valide.',
  'ARN {arn} cannot be found.': 'L’ARN {arn} est introuvable.',
  'the {kind} was deleted': '{kind} : supprimé',
  'you can have {count} passkeys; remove one first':
    'vous pouvez avoir {count} clés d’accès ; supprimez-en d’abord une',
  'this passkey is in use already': 'cette clé d’accès est déjà utilisée',
  'another factor was added meanwhile': 'un autre facteur a été ajouté entre-temps',
  'not bound to one device': 'non lié à un appareil',
  'unknown passkey': 'clé d’accès inconnue',
  'gone, disabled, or passkeys are refused': 'supprimé, désactivé ou clés d’accès refusées',
  'passkey of another user': 'clé d’accès d’une autre personne',
  'other user handle': 'clé d’accès pour quelqu’un d’autre',
  'the passkey was copied': 'la clé d’accès a été copiée',
  'the counter went back: the passkey was copied': 'le compteur a reculé : la clé d’accès a été copiée',
  'you have no such passkey': 'vous n’avez pas cette clé d’accès',
  'you have no such authenticator app': 'vous n’avez pas cette application d’authentification',
  'you have no such access key': 'vous n’avez pas cette clé d’accès',
  'passkeys are not allowed here': 'les clés d’accès ne sont pas autorisées ici',
  'the token of the browser is not its current one: it may have been copied, so the browser is no longer trusted':
    'le jeton du navigateur n’est pas l’actuel : il a pu être copié, le navigateur n’est donc plus de confiance',
  'Password should not be made of the name of its user':
    'Le mot de passe ne doit pas être formé du nom d’utilisateur',
  'Password should not be the one you were given':
    'Le mot de passe ne doit pas être celui que vous avez reçu',
  'Only IAM Users can change their own password': 'Seule une personne peut modifier son propre mot de passe',
  'The old password was incorrect.': 'L’ancien mot de passe était incorrect.',
  'The new password must not be the old one.': 'Le nouveau mot de passe ne doit pas être l’ancien.',
  'The password has expired; an administrator must set a new one.':
    'Le mot de passe a expiré ; un administrateur doit en définir un nouveau.',
  'the password was changed meanwhile; try again': 'le mot de passe a été modifié entre-temps ; réessayez',
  'the password was changed meanwhile': 'le mot de passe a été modifié entre-temps',
  'the password was changed already; sign in with the new one':
    'le mot de passe a déjà été modifié ; connectez-vous avec le nouveau',
  'new recovery codes were just made; try again':
    'de nouveaux codes de secours viennent d’être créés ; réessayez',
  'too many attempts; wait a moment and try again': 'trop de tentatives ; patientez un instant et réessayez',
  'too many attempts': 'trop de tentatives',
  'all that were made from sign-ins by the password; access keys go on':
    'toutes celles issues de connexions par mot de passe ; les clés d’accès restent valables',
  'the request has no credentials': 'la requête n’a pas d’identifiants',
  'the external id `{id}` is taken': 'l’ID externe `{id}` est déjà pris',
  'the bearer token is not valid': 'le jeton porteur n’est pas valide',
  'identity_providers: the name `{name}` belongs to another provider already; choose another':
    'identity_providers : le nom `{name}` appartient déjà à un autre fournisseur ; choisissez-en un autre',
  'is changed by disabling and enabling the provider':
    'se modifie en désactivant et en activant le fournisseur',
  'a client id must have 1 to 255 characters': 'un ID client doit comporter de 1 à 255 caractères',
  'Thumbprint list must contain at least one entry.':
    'La liste des empreintes doit contenir au moins une entrée.',
  'Unknown: the URL of a provider has no query and no fragment':
    'l’URL d’un fournisseur n’a ni requête ni fragment',
  'Thumbprint list must contain fewer than 5 entries.':
    'La liste des empreintes doit compter moins de 5 entrées.',
  'Thumbprint must be 40 hexadecimal characters': 'Une empreinte doit comporter 40 caractères hexadécimaux',
  'MaxSessionDuration must be between 3600 and 43200 seconds':
    'la durée maximale de session doit être comprise entre 3600 et 43200 secondes',
  'the user is disabled': 'la personne est désactivée',
  'the user is gone': 'la personne n’existe plus',
  'you cannot sign in here': 'vous ne pouvez pas vous connecter ici',
  'a user with this address is here already': 'une personne avec cette adresse existe déjà ici',
  'the provider may not create users': 'le fournisseur ne peut pas créer de personnes',
  'not joined: {why}': 'non associé : {why}',
  'no name is left for a new user': 'il ne reste aucun nom pour une nouvelle personne',
  'the identity is another user’s': 'l’identité appartient à une autre personne',
  'this identity belongs to another user here': 'cette identité appartient ici à une autre personne',
  'this identity cannot be joined to a user here': 'cette identité ne peut être associée à personne ici',
  'a user has at most {count} identities; disconnect one before you connect another':
    'une personne a au plus {count} identités ; dissociez-en une avant d’en associer une autre',
  'this is your only way to sign in; add another one first':
    'c’est votre seule méthode de connexion ; ajoutez-en d’abord une autre',
  'this link cannot be used any more': 'ce lien n’est plus utilisable',
  'the directory knows no such name and password': 'l’annuaire ne connaît pas ce nom et ce mot de passe',
  'enter an e-mail address of at most 64 letters, digits and `{signs}`':
    'saisissez une adresse e-mail de 64 lettres, chiffres et `{signs}` au plus',
  'people with this address sign in with {provider}; no account is needed':
    'les personnes avec cette adresse se connectent avec {provider} ; aucun compte n’est nécessaire',
  'accounts with an address of this domain are created by an administrator':
    'les comptes avec une adresse de ce domaine sont créés par un administrateur',
  'too many access keys are being created at once; try again':
    'trop de clés d’accès sont créées en même temps ; réessayez',
  'the user name or password is not valid for this service':
    'le nom d’utilisateur ou le mot de passe n’est pas valable pour ce service',
  'no such credential, or another password': 'pas de tels identifiants, ou un autre mot de passe',
  'the credential is for another service': 'les identifiants sont pour un autre service',
  'the credential is inactive': 'les identifiants sont inactifs',
  'the credential has expired': 'les identifiants ont expiré',
  'Operation does not support status {status}: it must be Active or Inactive':
    'l’état doit être Active ou Inactive, et non {status}',
  'Duplicate certificate uploaded.': 'Ce certificat est déjà associé à une personne du compte.',
  'Duplicate SSH public key uploaded.': 'Cette clé SSH est déjà associée à cette personne.',
  'this response does not belong to a sign-in that was started here; return to the application and start again':
    'cette réponse ne correspond à aucune connexion commencée ici ; revenez à l’application et recommencez',
  'this response does not belong to this sign-in': 'cette réponse ne correspond pas à cette connexion',
  'this response was already used': 'cette réponse a déjà été utilisée',
  'this sign-out request was already used': 'cette demande de déconnexion a déjà été utilisée',
  'you are not allowed to sign in this way': 'vous n’êtes pas autorisé à vous connecter ainsi',
  'this step comes after the password': 'cette étape vient après le mot de passe',
  'that application has no access to withdraw': 'cette application n’a pas d’accès à retirer',
  'that identity is no longer connected': 'cette identité n’est plus associée',
  'that session has already ended': 'cette session est déjà terminée',
  'Syntax errors in policy. {fault}': 'La stratégie contient des erreurs de syntaxe. {fault}',
  'Policy document must be version 2012-10-17 or greater. {fault}':
    'La version de la stratégie doit être 2012-10-17. {fault}',
  'Policy document should not specify a principal. {fault}':
    'Cette stratégie ne doit pas nommer de principal. {fault}',
  'The policy failed legacy parsing {fault}': 'La stratégie n’a pas la forme requise. {fault}',
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* {fault}':
    'Sid ne doit contenir que des lettres et des chiffres. {fault}',
  'Statement IDs (SID) in a single policy must be unique. {fault}':
    'Chaque Sid doit être unique dans une stratégie. {fault}',
  'The Statement Ids in the policy are not unique {fault}':
    'Chaque Sid doit être unique dans une stratégie. {fault}',
  'Policy statement must contain actions. {fault}': 'Chaque déclaration doit contenir des actions. {fault}',
  'Policy statement must contain resources. {fault}':
    'Chaque déclaration doit contenir des ressources. {fault}',
  'Resource  must be in ARN format or "*". {fault}': 'Une ressource doit être un ARN ou "*". {fault}',
  'Resource vendor must be fully qualified and cannot contain regexes. {fault}':
    'Le service de l’ARN d’une ressource ne doit pas contenir de caractères génériques. {fault}',
  'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. {fault}':
    'Chaque action doit être précédée d’un service, par exemple iam. {fault}',
  'Actions/Condition can contain only one colon. {fault}':
    'Une action ne peut contenir qu’un deux-points. {fault}',
  'Vendor {service} is not valid {fault}': 'Le service {service} n’est pas valide. {fault}',
  'This policy contains invalid Json {fault}': 'La stratégie n’est pas du JSON valide. {fault}',
  'The policy must contain a valid version string {fault}':
    'La stratégie doit avoir une version valide. {fault}',
  'Could not parse the policy: Statement is empty! {fault}':
    'La stratégie ne contient aucune déclaration. {fault}',
  'Missing required field {field} {fault}': '{field} est obligatoire. {fault}',
  'Missing required field Principal cannot be empty! {fault}': 'Principal ne doit pas être vide. {fault}',
  'Invalid effect: {effect} {fault}': 'Effect n’est pas valide : {effect}. {fault}',
  'Allow with NotPrincipal is not allowed. {fault}': 'Allow n’est pas permis avec NotPrincipal. {fault}',
  'AssumeRole policy must not contain NotPrincipal field. {fault}':
    'Une stratégie de confiance ne doit pas contenir NotPrincipal. {fault}',
  'Has prohibited field Resource {fault}':
    'Une stratégie de confiance ne doit pas contenir Resource. {fault}',
  'AssumeRole policy must not contain resources. {fault}':
    'Une stratégie de confiance ne doit pas contenir de ressources. {fault}',
  'AssumeRole policy may only specify STS AssumeRole actions. {fault}':
    'Une stratégie de confiance ne peut nommer que des actions AssumeRole de STS. {fault}',
  'column {at} `{name}` is the same as column {other}':
    'la colonne {at} `{name}` est la même que la colonne {other}',
  'is longer than {count} characters: a quote may not be closed':
    'dépasse {count} caractères : un guillemet n’est peut-être pas fermé',
  'client authentication failed': 'l’authentification du client a échoué',
  'client is invalid': 'le client n’est pas valide',
  'client not found': 'le client est introuvable',
  'client mismatch': 'le client ne correspond pas',
  "redirect_uri did not match any of the client's registered redirect_uris":
    'redirect_uri ne figure pas parmi celles enregistrées du client',
  'redirect_uri `{uri}` is not registered for the client `{client}`':
    'redirect_uri `{uri}` n’est pas enregistrée pour le client `{client}`',
  'redirect_uri `{uri}` is not that of the authorization request':
    'redirect_uri `{uri}` n’est pas celle de la demande d’autorisation',
  'authorization code redirect_uri mismatch': 'redirect_uri n’est pas celle de la demande d’autorisation',
  'grant request is invalid': 'la demande de jeton n’est pas valide',
  'request is invalid': 'la requête n’est pas valide',
  'authorization code not found': 'le code d’autorisation est introuvable',
  'authorization code is expired': 'le code d’autorisation a expiré',
  'authorization code already consumed': 'le code d’autorisation a déjà été utilisé',
  'refresh token not found': 'le jeton de rafraîchissement est introuvable',
  'refresh token is expired': 'le jeton de rafraîchissement a expiré',
  'refresh token already used': 'le jeton de rafraîchissement a déjà été utilisé',
  'refresh token was already used': 'le jeton de rafraîchissement a déjà été utilisé',
  'the refresh token has expired': 'le jeton de rafraîchissement a expiré',
  'the code is not valid: it is unknown, was used before, has expired, or was issued to another client':
    'le code n’est pas valide : il est inconnu, a déjà été utilisé, a expiré ou a été émis pour un autre client',
  'the refresh token is not valid: it is unknown, was used before, was revoked, has expired, or was issued to another client':
    'le jeton de rafraîchissement n’est pas valide : il est inconnu, a déjà été utilisé, a été révoqué, a expiré ou a été émis pour un autre client',
  'the device code is not valid: it is unknown, was used before, or was issued to another client':
    'le code d’appareil n’est pas valide : il est inconnu, a déjà été utilisé ou a été émis pour un autre client',
  'the code has expired': 'le code a expiré',
  'grant not found': 'l’autorisation est introuvable',
  'grant is expired': 'l’autorisation a expiré',
  'grant was already redeemed': 'a déjà été échangé',
  'grant is being redeemed by another request': 'est en cours d’échange par une autre requête',
  'this code was used by another request': 'ce code a été utilisé par une autre requête',
  'requested scope is not allowed': 'le scope demandé n’est pas autorisé',
  'requested grant type is not allowed for this client':
    'ce type d’autorisation n’est pas permis à ce client',
  'requested response_type is not allowed for this client': 'ce response_type n’est pas permis à ce client',
  'no client authentication mechanism provided': 'le client ne s’est pas authentifié',
  'there is no client `{id}`, or it did not authenticate':
    'le client `{id}` n’existe pas ou ne s’est pas authentifié',
  'there is no client `{id}`': 'le client `{id}` n’existe pas',
  'the client `{id}` may not use the grant `{grant}`':
    'le client `{id}` ne peut pas utiliser l’autorisation `{grant}`',
  'the client may not ask for a resource `{resource}`':
    'le client ne peut pas demander la ressource `{resource}`',
  '`{resource}` is not a resource this client may request':
    'ce client ne peut pas demander la ressource `{resource}`',
  'none of the requested scopes can be granted': 'aucun des scopes demandés ne peut être accordé',
  'the user may not use this client': 'la personne ne peut pas utiliser cette application',
  'this client may not assume the requested role': 'cette application ne peut pas endosser le rôle demandé',
  'the user denied the request': 'la personne a refusé la demande',
  'End-User aborted interaction': 'la personne a abandonné',
  'missing required parameter `{name}`': 'il manque le paramètre `{name}`',
  'missing required parameter {name}': 'il manque le paramètre {name}',
  '`code_verifier` is missing: the code was requested with PKCE':
    'il manque `code_verifier` : le code a été demandé avec PKCE',
  '`code_verifier` does not match the `code_challenge`':
    '`code_verifier` ne correspond pas à `code_challenge`',
  'grant_type `{grant}` is not supported': 'grant_type `{grant}` n’est pas pris en charge',
  'this sign-in has ended or began in another browser; start again':
    'cette connexion est terminée ou a commencé dans un autre navigateur ; recommencez',
  'another request has continued this sign-in; try again':
    'une autre requête a poursuivi cette connexion ; réessayez',
  'too many wrong codes from this address; wait a while':
    'trop de codes incorrects depuis cette adresse ; patientez un moment',
  'the application was removed': 'l’application a été supprimée',
  'the store is not reachable; try again': 'le stockage est inaccessible ; réessayez',
  'will be tried again: {why}': 'nouvel essai prévu : {why}',
  'given up: {why}': 'abandonné : {why}',
  'Not authorized to perform {action}': 'Non autorisé à effectuer {action}',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny':
    '{who} n’est pas autorisé à effectuer {action} sur {resource} : interdit explicitement',
  'User: {who} is not authorized to perform: {action} on resource: {resource}':
    '{who} n’est pas autorisé à effectuer {action} sur {resource}',
  'No OpenIDConnect provider found in your account for {issuer}':
    'Le compte n’a pas de fournisseur OpenID Connect pour {issuer}',
  "Specified provider doesn't exist": 'Ce fournisseur n’existe pas',
  '{provider} is disabled': '{provider} est désactivé',
  'LDAPUsername and LDAPPassword are not correct': 'Le nom ou le mot de passe de l’annuaire est incorrect',
  'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.':
    'La durée demandée dépasse la durée maximale de session de ce rôle.',
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining':
    'La durée demandée dépasse une heure, la limite des rôles enchaînés',
  'The requested DurationSeconds exceeds the remaining lifetime of the calling session.':
    'La durée demandée dépasse la durée restante de la session appelante.',
  'MultiFactorAuthentication failed with invalid MFA one time pass code.':
    'Le code du second facteur est incorrect.',
  'Packed policy consumes {count}% of allotted space, please use smaller policy.':
    'Les stratégies occupent {count} % de l’espace disponible ; utilisez-en de plus petites.',
  'a request for credentials was refused': 'une demande d’identifiants a été refusée',
  'an OAuth request was refused': 'une requête OAuth a été refusée',
  'no such access key': 'cette clé d’accès n’existe pas',
  'the access key is inactive': 'la clé d’accès est inactive',
  'The access key {id} is not of this server.': 'La clé d’accès {id} n’est pas de ce serveur.',
  'a session key was sent without its token': 'une clé de session a été envoyée sans son jeton',
  'a long-term key was sent with a session token':
    'une clé permanente a été envoyée avec un jeton de session',
  'the token is of another access key id': 'le jeton est celui d’un autre ID de clé d’accès',
  'there is no such role': 'ce rôle n’existe pas',
  'the role of the session was deleted': 'le rôle de la session a été supprimé',
  'The role of the calling session does not exist.': 'Le rôle de la session appelante n’existe pas.',
  'the identity provider {provider} of the session was deleted or is disabled':
    'le fournisseur d’identité {provider} de la session a été supprimé ou est désactivé',
  'the subject token is unknown, expired or revoked': 'le jeton présenté est inconnu, expiré ou révoqué',
  'the subject token is not acceptable': 'le jeton présenté n’est pas acceptable',
  'the subject token is not for `{client}`': 'le jeton présenté n’est pas destiné à `{client}`',
  'the subject token was issued to {client} and is not meant for {other}':
    'le jeton présenté a été émis pour {client} et n’est pas destiné à {other}',
  'the user has not consented that this client assumes roles for them: the scope `roles` is missing':
    'la personne n’a pas accepté que cette application endosse des rôles pour elle : il manque le scope `roles`',
  'this DPoP proof was already used; make a new one':
    'cette preuve DPoP a déjà été utilisée ; créez-en une nouvelle',
  'the token is not of the workload that acts for this client':
    'le jeton n’est pas celui de la charge de travail qui agit pour cette application',
  'the request was signed for host `{host}`, received as `{received}`, and the issuer of this server is at `{issuer}`: set CHANCERY_ISSUER to the URL that clients use, or let the proxy keep the Host header':
    'la requête a été signée pour l’hôte `{host}`, reçue comme `{received}`, et l’émetteur de ce serveur est `{issuer}` : définissez CHANCERY_ISSUER avec l’URL que les clients utilisent, ou laissez le proxy conserver l’en-tête Host',
  'the identity provider did not sign you in': 'le fournisseur d’identité ne vous a pas connecté',
  'the identity provider’s response could not be verified':
    'la réponse du fournisseur d’identité n’a pas pu être vérifiée',
  'the identity provider’s response has expired': 'la réponse du fournisseur d’identité a expiré',
  'the identity provider did not send a permanent identifier for you':
    'le fournisseur d’identité n’a pas envoyé d’identifiant permanent pour vous',
  'the provider was changed in the meantime': 'le fournisseur a été modifié entre-temps',
  'no code in the answer': 'la réponse ne contient pas de code',
  'the token endpoint refused the code: {why}': 'le point de terminaison de jeton a refusé le code : {why}',
  'the token endpoint refused us: {why}': 'le point de terminaison de jeton nous a refusés : {why}',
  'the token endpoint returned no ID token':
    'le point de terminaison de jeton n’a renvoyé aucun jeton d’identité',
  'the ID token belongs to another sign-in: `nonce` differs':
    'le jeton d’identité correspond à une autre connexion : `nonce` diffère',
  'the ID token is for another client': 'le jeton d’identité est destiné à un autre client',
  'the ID token is of another issuer': 'le jeton d’identité provient d’un autre émetteur',
  'the ID token was issued to another client: `azp`':
    'le jeton d’identité a été émis pour un autre client : `azp`',
  'the user did not authenticate again: `auth_time` is too old':
    'la personne ne s’est pas authentifiée à nouveau : `auth_time` est trop ancien',
  "userinfo's `{claim}` is no subject": '`{claim}` de userinfo n’est pas un sujet',
  'the SAML response is not acceptable': 'la réponse SAML n’est pas acceptable',
  'the SAML response has expired': 'la réponse SAML a expiré',
  'the metadata of the provider has expired': 'les métadonnées du fournisseur ont expiré',
  'the Assertion is for another audience': 'l’assertion est destinée à une autre audience',
  'the Assertion has no audience': 'l’assertion n’a pas d’audience',
  'the Assertion is not valid yet': 'l’assertion n’est pas encore valide',
  'the Assertion was issued in the future': 'l’assertion a été émise dans le futur',
  'the Assertion is not signed': 'l’assertion n’est pas signée',
  'the Response is not signed': 'la Response n’est pas signée',
  'nothing is signed': 'rien n’est signé',
  'the assertion must be encrypted': 'l’assertion doit être chiffrée',
  'the signature does not verify with any certificate of the provider':
    'la signature ne correspond à aucun certificat du fournisseur',
  'Issuer is not the entity id of the provider': 'l’Issuer n’est pas l’ID d’entité du fournisseur',
  'Recipient is not the address of this server': 'le Recipient n’est pas l’adresse de ce serveur',
  'Destination is not the address of this server': 'la Destination n’est pas l’adresse de ce serveur',
  'NameID must be of the format {format}': 'NameID doit être au format {format}',
  'the attribute `{name}` must have one value': 'l’attribut `{name}` doit avoir une seule valeur',
  'the encrypted assertion cannot be decrypted': 'l’assertion chiffrée ne peut pas être déchiffrée',
  'the directory refused this user': 'l’annuaire a refusé cette personne',
  'the name matches more than one entry: {names}': 'le nom correspond à plusieurs entrées : {names}',
  'the account has expired': 'le compte a expiré',
  'the account is disabled': 'le compte est désactivé',
  'the account is locked': 'le compte est verrouillé',
  'the password has expired': 'le mot de passe a expiré',
  'the password must be changed': 'le mot de passe doit être modifié',
  'your password has expired; change it at your organization, then sign in again':
    'votre mot de passe a expiré ; modifiez-le dans votre organisation, puis reconnectez-vous',
  'your password must be changed; change it at your organization, then sign in again':
    'votre mot de passe doit être modifié ; modifiez-le dans votre organisation, puis reconnectez-vous',
  'not allowed to sign in at this time': 'connexion non autorisée à cette heure',
  'not allowed to sign in from here': 'connexion non autorisée depuis cet endroit',
  '{Conditions}, or {others}': '{Conditions}, ou {others}',
  'policy document has 1 fault: {faults}': 'le document contient 1 erreur : {faults}',
  'policy document has {count} faults: {faults}': 'le document contient {count} erreurs : {faults}',
  'line {line}, column {column}: {fault}': 'ligne {line}, colonne {column} : {fault}',
  'must be typed again, because it was typed for other servers or too long ago':
    'doit être saisi à nouveau, car il a été saisi pour d’autres serveurs ou il y a trop longtemps',
  'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`':
    'doit avoir après `spiffe://` un domaine de confiance fait de minuscules, de chiffres et de `. _ -`',
  'Name a person.': 'Indiquez une personne.',
  'Name a group.': 'Indiquez un groupe.',
  'Name a role.': 'Indiquez un rôle.',
  'is taken': 'est déjà pris',
  'Invalid Marker.': 'Cette page de la liste n’existe plus.',
  'no {kind} is named': 'aucun nom indiqué : {kind}',
  '1 validation error detected: {fault}': '1 valeur non valide : {fault}',
  "Value at '{name}' failed to satisfy constraint: {what}": '{name} : {what}',
  'Member must not be null': 'est obligatoire',
  'Member must have length greater than or equal to {count}': 'doit avoir au moins {count} caractères',
  'Member must have length less than or equal to {count}': 'doit avoir au plus {count} caractères',
  'Member must have value greater than or equal to {count}': 'doit être au moins {count}',
  'Member must have value less than or equal to {count}': 'doit être au plus {count}',
  'Member must be between {least} and {most}': 'doit être compris entre {least} et {most}',
  'Member must satisfy enum value set: {values}': 'doit être l’une de ces valeurs : {values}',
  'Member must satisfy regular expression pattern: {pattern}': 'doit respecter ce motif : {pattern}',
  'signature is not strict base64url': 'la signature n’est pas du base64url strict',
  'header is not strict base64url': 'l’en-tête n’est pas du base64url strict',
  'header is not UTF-8': 'l’en-tête n’est pas en UTF-8',
  'header is not a JSON object without duplicate keys':
    'l’en-tête n’est pas un objet JSON sans clés en double',
  'payload is not strict base64url': 'le contenu n’est pas du base64url strict',
  'payload is not UTF-8': 'le contenu n’est pas en UTF-8',
  'payload is not a JSON object without duplicate keys':
    'le contenu n’est pas un objet JSON sans clés en double',
  'not three parts': 'pas trois parties',
  'longer than this server accepts': 'plus long que ce que ce serveur accepte',
  'alg is not one this server takes': 'l’algorithme (alg) n’est pas accepté ici',
  'kid is unsafe': 'l’identifiant de clé (kid) n’est pas sûr',
} as const
