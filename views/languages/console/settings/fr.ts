// The messages of Settings in French.
export const settings = {
  '1 to 24.': 'De 1 à 24.',
  '1 to 3650. Empty: it does not end by itself.': 'De 1 à 3650. Vide : pas d’expiration.',
  '6 to 128 characters.': 'De 6 à 128 caractères.',
  'A backup is one file with every record of all accounts, as they are at one moment. The server goes on meanwhile. It is made by a command where the server runs, never by a browser: whoever has the file and the master key has everything.':
    'Une sauvegarde est un fichier contenant tous les enregistrements de tous les comptes à un instant donné. Le serveur continue de fonctionner. Elle se fait par une commande là où tourne le serveur, jamais par un navigateur : qui possède le fichier et la clé principale possède tout.',
  'A certificate is replaced by uploading its successor under another name.':
    'Pour remplacer un certificat, importez son successeur sous un autre nom.',
  'A directory creates, changes and disables people here by SCIM 2.0. Each token acts as one person, with the permissions of that person.':
    'Un annuaire crée, modifie et désactive ici des personnes par SCIM 2.0. Chaque jeton agit au nom d’une personne, avec les autorisations de celle-ci.',
  'A directory sends it with every request. It is shown once.':
    'Un annuaire l’envoie avec chaque requête. Il n’est affiché qu’une fois.',
  'A message to your own e-mail address, sent now with the settings that are saved.':
    'Un message à votre propre adresse e-mail, envoyé maintenant avec les paramètres enregistrés.',
  'A part of the ARN, for instance {example}.': 'Une partie de l’ARN, par exemple {example}.',
  'Accent colour': 'Couleur d’accent',
  Accepted: 'Accepté',
  'Acts as': 'Agit en tant que',
  'Addresses that it sets count as confirmed': 'Les adresses qu’il définit sont considérées comme confirmées',
  'All earlier keys end at once. What ends with them: {what}.':
    'Toutes les clés antérieures prennent fin immédiatement. Ce qui prend fin avec elles : {what}.',
  'All earlier keys have ended.': 'Toutes les clés antérieures ont pris fin.',
  'An address, or a name and an address in angle brackets.':
    'Une adresse, ou un nom suivi d’une adresse entre chevrons.',
  'At least 5 min. In s, min, h or d.': 'Au moins 5 min. En s, min, h ou d.',
  'Audit trail': 'Journal d’audit',
  'Back up now': 'Sauvegarder maintenant',
  Backup: 'Sauvegarde',
  'Base URL': 'URL de base',
  Because: 'Motif',
  'Both are in the configuration file, so that nobody who may change an account can shorten its trail. Reload after a change.':
    'Les deux se trouvent dans le fichier de configuration, afin que personne ne puisse, en modifiant un compte, raccourcir son journal. Rechargez-le après une modification.',
  'Bounces go to': 'Retours envoyés à',
  'Brand and language': 'Marque et langue',
  Brand: 'Marque',
  Certificate: 'Certificat',
  'Certificates of its issuers': 'Certificats de ses émetteurs',
  'Certificates with their private keys, kept under a name for the servers of the account. Nobody reads a private key back. The certificate that this server itself serves is set where it is started.':
    'Des certificats avec leurs clés privées, conservés sous un nom pour les serveurs du compte. Personne ne peut relire une clé privée. Le certificat que ce serveur présente lui-même est défini à son démarrage.',
  Certificates: 'Certificats',
  Colour: 'Couleur',
  Colours: 'Couleurs',
  Contrast: 'Contraste',
  'Copy the token now': 'Copiez le jeton maintenant',
  'Could not be sent since': 'Envoi impossible depuis',
  'Create the token': 'Créer le jeton',
  'Current key': 'Clé actuelle',
  Dark: 'Sombre',
  'Dark, on a desktop': 'Sombre, sur un ordinateur',
  'Dark, on a phone': 'Sombre, sur un téléphone',
  'Days for which people may trust a browser': 'Jours pendant lesquels on peut se fier à un navigateur',
  'Days until a password must be changed': 'Jours avant qu’un mot de passe doive être changé',
  'Days until it ends': 'Jours avant l’expiration',
  'Delete the certificate {name}?': 'Supprimer le certificat {name} ?',
  Delivers: 'Livraison normale',
  'Does not sign in': 'Pas de connexion',
  Domains: 'Domaines',
  'E-mail addresses that it sets are known to be the persons’':
    'Les adresses e-mail qu’il définit appartiennent avec certitude aux personnes',
  'Empty: 587 with STARTTLS, 465 with TLS, 25 without encryption.':
    'Vide : 587 avec STARTTLS, 465 avec TLS, 25 sans chiffrement.',
  'Empty: as long as it is used.': 'Vide : aussi longtemps qu’elle est utilisée.',
  'Empty: it stays. Give it again when host, port or user change: it is sent only where it was set for.':
    'Vide : il est conservé. Saisissez-le de nouveau si l’hôte, le port ou l’utilisateur changent : il n’est envoyé que là où il a été défini.',
  'Empty: this server does not sign in there.': 'Vide : ce serveur ne s’y connecte pas avec un compte.',
  Encryption: 'Chiffrement',
  'End all earlier keys now': 'Mettre fin à toutes les clés antérieures',
  'Ends soon': 'Expire bientôt',
  'Entries are sent from the stored trail, so a receiver that is down gets them later.':
    'Les entrées sont envoyées depuis le journal conservé : un récepteur en panne les reçoit plus tard.',
  'Every sign-in, exchange, change and refusal, each entry chained to the one before. Read it under {activity}.':
    'Chaque connexion, échange, modification et refus, chaque entrée étant chaînée à la précédente. À lire sous {activity}.',
  Expired: 'Expiré',
  'For good': 'Indéfiniment',
  'For instance the directory.': 'Par exemple l’annuaire.',
  'For instance {example}.': 'Par exemple {example}.',
  'Former key': 'Ancienne clé',
  'Next key': 'Clé suivante',
  'Group that they join': 'Groupe qu’elles rejoignent',
  'Groups that need a second factor': 'Groupes exigeant un second facteur',
  Host: 'Hôte',
  'ID tokens, access tokens and role sessions': 'Jetons d’identité, jetons d’accès et sessions de rôle',
  'In the directory and with the environment of the server.':
    'Dans le répertoire et avec l’environnement du serveur.',
  'In the same form. Empty: to the sender.': 'Sous la même forme. Vide : à l’expéditeur.',
  'In the texts of accounts whose brand has no name.':
    'Dans les textes des comptes dont la marque n’a pas de nom.',
  'Into a new, empty store. What was changed, revoked or spent after the backup is as it was then.':
    'Dans un nouveau stockage vide. Ce qui a été modifié, révoqué ou consommé après la sauvegarde redevient ce qu’il était alors.',
  'It ends on {date}. Its private key is deleted with it, and cannot be had back. Servers that use a copy of it go on.':
    'Il expire le {date}. Sa clé privée est supprimée avec lui et ne peut pas être récupérée. Les serveurs qui en utilisent une copie continuent de fonctionner.',
  'It is shown only now. It acts as {user}, and does not end by itself.':
    'Il n’est affiché que maintenant. Il agit en tant que {user} et n’expire pas de lui-même.',
  'It is shown only now. It acts as {user}, and ends {date}.':
    'Il n’est affiché que maintenant. Il agit en tant que {user} et expire le {date}.',
  Kept: 'Conservation',
  'Keys rotate by themselves. The next one is published before it signs, and a former one verifies until the last thing that it signed has ended.':
    'Les clés changent d’elles-mêmes. La suivante est publiée avant de signer, et une ancienne vérifie jusqu’à l’expiration de la dernière chose qu’elle a signée.',
  Keys: 'Clés',
  'Last delivery': 'Dernière livraison',
  'Latest passwords that may not be used again': 'Derniers mots de passe qui ne peuvent pas être réutilisés',
  Light: 'Clair',
  'Light, on a desktop': 'Clair, sur un ordinateur',
  'Light, on a phone': 'Clair, sur un téléphone',
  'Links and edges have a shade of the colour that can be read in each scheme.':
    'Les liens et les bordures ont une nuance de la couleur qui reste lisible dans chaque thème.',
  'Logo in dark colours': 'Logo pour le thème sombre',
  'Longest session after the sign-in': 'Durée maximale d’une session après la connexion',
  'Longest time without use in a session': 'Durée maximale d’inactivité d’une session',
  'Mail is not configured: links are copied by an administrator, and nobody is notified.':
    'La messagerie n’est pas configurée : un administrateur copie les liens et personne n’est averti.',
  Messages: 'Messages',
  'Name of the organization': 'Nom de l’organisation',
  'New SCIM token': 'Nouveau jeton SCIM',
  'New token': 'Nouveau jeton',
  'No SCIM token.': 'Aucun jeton SCIM.',
  'No server certificate.': 'Aucun certificat de serveur.',
  Nobody: 'Personne',
  'None: the host must be listed in CHANCERY_OUTBOUND_ALLOW': 'Aucun (exige CHANCERY_OUTBOUND_ALLOW)',
  'Not encrypted': 'Non chiffré',
  'Not said': 'Non précisé',
  'Not sent': 'Non envoyé',
  'Nothing is sent any more, and nobody can ask for a new password or create an account by mail. Messages that wait are kept until their time is over.':
    'Plus rien n’est envoyé, et personne ne peut demander un nouveau mot de passe ni créer un compte par e-mail. Les messages en attente sont conservés jusqu’à leur expiration.',
  'Nothing is sent any more, and pages no longer offer what needs mail.':
    'Plus rien n’est envoyé, et les pages ne proposent plus ce qui nécessite la messagerie.',
  Now: 'Maintenant',
  'Now: {size}.': 'Actuellement : {size}.',
  'Of all people. Each is tried again until its time is over: a link as long as it is valid, a notice for a day.':
    'Pour toutes les personnes. Chaque envoi est retenté jusqu’à son terme : un lien tant qu’il est valable, un avis pendant un jour.',
  'Of buttons and links, such as #0b6bcb.': 'Des boutons et des liens, par exemple #0b6bcb.',
  'Of pages for browsers that prefer none of these, and of mail to people without a language of their own. Everybody may choose another.':
    'Des pages pour les navigateurs qui ne préfèrent aucune de ces langues, et des e-mails aux personnes sans langue définie. Chacun peut en choisir une autre.',
  'Oldest entry of this account': 'Entrée la plus ancienne de ce compte',
  'On pages, in mails and in authenticator apps. At most 60 characters.':
    'Dans les pages, les e-mails et les applications d’authentification. 60 caractères au plus.',
  'One on each line, for instance acme.example.': 'Un par ligne, par exemple acme.example.',
  'Only those that stay on one device, such as security keys': 'Seulement celles liées à un appareil',
  'Only verifies': 'Vérifie seulement',
  Organization: 'Organisation',
  'PEM, from BEGIN CERTIFICATE to END CERTIFICATE.': 'PEM, de BEGIN CERTIFICATE à END CERTIFICATE.',
  'PEM, not encrypted. It is stored sealed, and never shown again: paste it anew when this form is shown again.':
    'PEM, non chiffrée. Elle est conservée scellée et n’est plus jamais affichée : collez-la de nouveau si ce formulaire réapparaît.',
  'PEM, one after the other.': 'PEM, l’un après l’autre.',
  'PNG, JPEG or WebP, at most 100 kB and 2048 × 2048 pixels. Up to 15 kB, the first page stays below 60 kB.':
    'PNG, JPEG ou WebP, 100 ko et 2048 × 2048 pixels au plus. Jusqu’à 15 ko, la première page reste sous 60 ko.',
  Passkeys: 'Clés d’accès',
  Passwords: 'Mots de passe',
  'People with an address of the domains below': 'Adresses des domaines ci-dessous',
  Port: 'Port',
  Preview: 'Aperçu',
  'Private key': 'Clé privée',
  'Published since {published}, signs from {start}.':
    'Publiée depuis le {published}, signe à partir du {start}.',
  'Published, not yet used': 'Publiée, pas encore utilisée',
  Receivers: 'Récepteurs',
  'Refuse passwords that are guessed easily': 'Refuser les mots de passe faciles à deviner',
  'Remove it': 'Le supprimer',
  'Remove the mail server?': 'Supprimer le serveur de messagerie ?',
  'Remove the mail server…': 'Supprimer le serveur de messagerie…',
  'Removed as too old': 'Supprimé car trop ancien',
  'Reply to': 'Répondre à',
  'Require a lowercase letter': 'Exiger une lettre minuscule',
  'Require a number': 'Exiger un chiffre',
  'Require a symbol': 'Exiger un symbole',
  'Require an uppercase letter': 'Exiger une lettre majuscule',
  'Required of everyone': 'Exigé de tout le monde',
  'Required of members of the groups below': 'Exigé des groupes ci-dessous',
  Restore: 'Restaurer',
  'Revoke this SCIM token?': 'Révoquer ce jeton SCIM ?',
  Revoke: 'Révoquer',
  'Rotate the {use} keys': 'Renouveler les clés {use}',
  'Rotate the {use} keys?': 'Renouveler les clés {use} ?',
  Rotate: 'Renouveler',
  'SCIM tokens': 'Jetons SCIM',
  SCIM: 'SCIM',
  'Second factors and sessions': 'Seconds facteurs et sessions',
  'Secret access keys of role sessions': 'Clés d’accès secrètes des sessions de rôle',
  'Self-registration': 'Inscription libre',
  'Send a test message to me': 'M’envoyer un message d’essai',
  Sender: 'Expéditeur',
  'Sent to': 'Envoyé à',
  'Server certificates': 'Certificats de serveur',
  Server: 'Serveur',
  'Set in the configuration file: change `mail:` there, then reload it.':
    'Défini dans le fichier de configuration : modifiez-y `mail:`, puis rechargez-le.',
  'Shortest length': 'Longueur minimale',
  'Sign-ins in progress and cursors of lists': 'Connexions en cours et curseurs de listes',
  'Signed from {start} until {end}, and is kept to verify.':
    'A signé du {start} au {end} et est conservée pour vérifier.',
  'Signed from {start} until {end}, verifies until {verifies}.':
    'A signé du {start} au {end}, vérifie jusqu’au {verifies}.',
  'Signed from {start}, and is kept to verify.':
    'A signé à partir du {start} et est conservée pour vérifier.',
  'Signed from {start}, verifies until {verifies}.':
    'A signé à partir du {start}, vérifie jusqu’au {verifies}.',
  'Signs in as': 'Se connecte en tant que',
  'Signs since {start}, until {end}.': 'Signe depuis le {start}, jusqu’au {end}.',
  'Signs since {start}.': 'Signe depuis le {start}.',
  Signs: 'Signe',
  'TLS from the beginning': 'TLS dès le début',
  Test: 'Essai',
  'The SMTP server. One in your own network must be listed in CHANCERY_OUTBOUND_ALLOW.':
    'Le serveur SMTP. S’il est dans votre propre réseau, il doit figurer dans CHANCERY_OUTBOUND_ALLOW.',
  'The answer:': 'La réponse :',
  'The audit trail': 'Le journal d’audit',
  'The brand was saved. Pages have it within a second.':
    'La marque a été enregistrée. Les pages l’ont dans la seconde.',
  'The certificate of the mail server is not valid':
    'Le certificat du serveur de messagerie n’est pas valide',
  'The certificate was deleted.': 'Le certificat a été supprimé.',
  'The certificate was uploaded.': 'Le certificat a été importé.',
  'The directory that uses it is refused from now on. People that it created stay.':
    'L’annuaire qui l’utilise est désormais refusé. Les personnes qu’il a créées restent.',
  'The mail server could not be reached': 'Le serveur de messagerie est injoignable',
  'The mail server did not take the message': 'Le serveur de messagerie n’a pas accepté le message',
  'The mail server does not have this encryption here':
    'Le serveur de messagerie n’offre pas ce chiffrement ici',
  'The mail server refused the message': 'Le serveur de messagerie a refusé le message',
  'The mail server refused the sender': 'Le serveur de messagerie a refusé l’expéditeur',
  'The mail server refused the sign-in': 'Le serveur de messagerie a refusé la connexion',
  'The mail server refused your address': 'Le serveur de messagerie a refusé votre adresse',
  'The mail server took the message': 'Le serveur de messagerie a accepté le message',
  'The mail server was not found': 'Le serveur de messagerie est introuvable',
  'The mail server was removed.': 'Le serveur de messagerie a été supprimé.',
  'The mail server was saved. Send yourself a test message.':
    'Le serveur de messagerie a été enregistré. Envoyez-vous un message d’essai.',
  'The master key is not in it. Keep a copy of the directory `keys/` apart: without it the backup is worth nothing.':
    'La clé principale n’y figure pas. Conservez à part une copie du répertoire `keys/` : sans elle, la sauvegarde ne vaut rien.',
  'The next key signs from now on. What earlier keys signed is valid until it expires.':
    'La clé suivante signe désormais. Ce que les clés antérieures ont signé reste valable jusqu’à son expiration.',
  'The next key signs now.': 'La clé suivante signe maintenant.',
  'The oldest since': 'Le plus ancien depuis',
  'The sender': 'L’expéditeur',
  'The settings were saved.': 'Les paramètres ont été enregistrés.',
  'The sign-in page as it would be. Nothing is saved yet.':
    'La page de connexion telle qu’elle serait. Rien n’est encore enregistré.',
  'The sign-in page as people see it now.': 'La page de connexion telle qu’elle apparaît actuellement.',
  'The token was revoked.': 'Le jeton a été révoqué.',
  'The trail is kept here alone.': 'Le journal n’est conservé qu’ici.',
  'This mail server may not be used': 'Ce serveur de messagerie ne peut pas être utilisé',
  'To {address}.': 'À {address}.',
  'Tokens for other services': 'Jetons pour d’autres services',
  'Trusted browsers are enough for members of these groups, too':
    'Les navigateurs de confiance suffisent aussi aux membres de ces groupes',
  'Up to 90. There they sign in without their second factor. 0: never. Lowering it ends older trust.':
    'Jusqu’à 90. La connexion s’y fait sans second facteur. 0 : jamais. Une valeur plus basse met fin à la confiance plus ancienne.',
  'Upload a certificate': 'Importer un certificat',
  Upload: 'Importer',
  Uploaded: 'Importé',
  'Used for': 'Utilisation',
  'User name. Make a person for the directory, with a policy that allows no more than it needs.':
    'Nom d’utilisateur. Créez une personne pour l’annuaire, avec une stratégie qui n’autorise que le nécessaire.',
  'Waiting to be sent': 'En attente d’envoi',
  'What it is for': 'Usage prévu',
  'What was saved here before is stored too, and counts again when the file has no mail.':
    'Ce qui avait été enregistré ici est aussi conservé, et s’applique de nouveau si le fichier ne définit pas de messagerie.',
  'When a key has leaked': 'Si une clé a fuité',
  'Where mail servers report what they could not deliver. Empty: to the address of the sender.':
    'Où les serveurs de messagerie signalent ce qu’ils n’ont pas pu remettre. Vide : à l’adresse de l’expéditeur.',
  'Whether it arrives is up to the servers after it.': 'Son arrivée dépend des serveurs suivants.',
  'Who may create an account by themselves': 'Qui peut créer un compte de soi-même',
  'Whoever sets it needs chancery:AddGroupMember for it.':
    'La personne qui le définit doit disposer de chancery:AddGroupMember pour ce groupe.',
  'Will sign': 'Signera',
  'With STARTTLS and TLS nothing is sent without a valid certificate of the host.':
    'Avec STARTTLS et TLS, rien n’est envoyé sans certificat valide de l’hôte.',
  'With a user. It is encrypted in the store, and never shown.':
    'Avec un utilisateur. Il est conservé chiffré et n’est jamais affiché.',
  'With an e-mail address that they confirm; the server must have mail.':
    'Avec une adresse e-mail à confirmer ; le serveur doit avoir une messagerie.',
  'Without one, the logo stands on a white ground there.': 'Sans lui, le logo y apparaît sur un fond blanc.',
  'edges of buttons': 'bordures des boutons',
  links: 'liens',
  'rotates on {date}': 'renouvellement le {date}',
  'text on buttons': 'texte des boutons',
  'the token': 'le jeton',
  'what was before {date}': 'ce qui précède le {date}',
  '{colour} on {ground}': '{colour} sur {ground}',
  '{width} × {height} pixels, {bytes} bytes': '{width} × {height} pixels, {bytes} octets',
  'All are allowed': 'Toutes sont autorisées',
  'None are allowed': 'Aucune n’est autorisée',
} as const
