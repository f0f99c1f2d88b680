// The messages of the pages in French. Names and values: views/language.ts.
import type { Message } from './message.ts'

export const french: Readonly<Record<Message, string>> = {
  'A condition does not hold: {keys}. An administrator can tell you more.':
    'Une condition n’est pas remplie : {keys}. Un administrateur peut vous en dire plus.',
  'A device is waiting for your answer. Allow this only if you started it yourself.':
    'Un appareil attend votre réponse. N’autorisez que si vous êtes à l’origine de la demande.',
  'A limit of your account does not allow it. Ask an administrator for {permission} on {role}.':
    'Une limite de votre compte ne l’autorise pas. Demandez à un administrateur {permission} sur {role}.',
  'A passkey signs you in with your fingerprint, face or device PIN. It is kept by this device, your password manager or a security key.':
    'Une clé d’accès vous connecte avec votre empreinte, votre visage ou le code de l’appareil. Elle est conservée par cet appareil, votre gestionnaire de mots de passe ou une clé de sécurité.',
  'A policy denies it to you.': 'Une stratégie vous l’interdit.',
  'A six-digit code from your phone, in addition to your password.':
    'Un code à six chiffres de votre téléphone, en plus du mot de passe.',
  ARN: 'ARN',
  'AWS profile': 'Profil AWS',
  'Access allowed to an application': 'Accès accordé à une application',
  'Access key created': 'Clé d’accès créée',
  'Access key deleted': 'Clé d’accès supprimée',
  'Access key id': 'Identifiant de la clé d’accès',
  'Access keys': 'Clés d’accès',
  'Access of an application withdrawn': 'Accès d’une application retiré',
  'Account {account}': 'Compte {account}',
  'Act as you in every role that you may assume':
    'Agir en votre nom dans tous les rôles que vous pouvez endosser',
  'Act as you in these roles:': 'Agir en votre nom dans ces rôles :',
  'Act as you in no role': 'N’agir en votre nom dans aucun rôle',
  Activate: 'Activer',
  Active: 'Active',
  Activity: 'Activité',
  'Add a passkey': 'Ajouter une clé d’accès',
  'Add an authenticator app': 'Ajouter une application d’authentification',
  'Add to {file}. It gets new credentials by itself, with an access key in your profile {profile}.':
    'À ajouter à {file}. De nouveaux identifiants sont obtenus d’eux-mêmes, avec une clé d’accès de votre profil {profile}.',
  'Add to {file}. SDKs read it, too.': 'À ajouter à {file}. Les SDK le lisent aussi.',
  Add: 'Ajouter',
  'All apps': 'Toutes les applications',
  'Allow {application}?': 'Autoriser {application} ?',
  Allow: 'Autoriser',
  'Another authenticator app': 'Autre application d’authentification',
  'Another passkey': 'Autre clé d’accès',
  'Anyone who signs in to {provider} as {name} will be signed in to your account here. Continue only if that account is yours.':
    'Toute personne qui se connecte à {provider} en tant que {name} sera connectée à votre compte ici. Ne continuez que si ce compte est le vôtre.',
  'Applications that you allowed to act on your behalf.':
    'Applications que vous avez autorisées à agir en votre nom.',
  'Authenticator app added': 'Application d’authentification ajoutée',
  'Authenticator app removed': 'Application d’authentification supprimée',
  'Authenticator app': 'Application d’authentification',
  'Back to {application}': 'Retour à {application}',
  Back: 'Retour',
  Blocked: 'Bloquée',
  Cancel: 'Annuler',
  'Can’t scan it? Enter this key in your app instead:':
    'Impossible de le scanner ? Saisissez plutôt cette clé dans l’application :',
  'Change password': 'Changer le mot de passe',
  'Change your password': 'Changer votre mot de passe',
  Change: 'Modifier',
  'Changed {date}': 'Modifié le {date}',
  'Choose a new password for {user}, then sign in with it. You are signed out everywhere else.':
    'Choisissez un nouveau mot de passe pour {user}, puis connectez-vous avec. Vous serez déconnecté partout ailleurs.',
  'Choose a password': 'Choisir un mot de passe',
  'Choose an account': 'Choisir un compte',
  'Confirm it is you, for {name}': 'Confirmez votre identité, pour {name}',
  'Confirm it is you': 'Confirmez votre identité',
  'Confirm new password': 'Confirmer le nouveau mot de passe',
  'Confirm with a passkey of {user} that it is you.':
    'Confirmez votre identité avec une clé d’accès de {user}.',
  'Connect a device': 'Connecter un appareil',
  'Connect your account': 'Associer votre compte',
  'Connect {provider}?': 'Associer {provider} ?',
  Connect: 'Associer',
  Console: 'Console',
  'Continue as {user}': 'Continuer en tant que {user}',
  'Continue to {provider}': 'Continuer vers {provider}',
  'Continue with {provider}': 'Continuer avec {provider}',
  Continue: 'Continuer',
  Copied: 'Copié',
  Copy: 'Copier',
  'Create a passkey': 'Créer une clé d’accès',
  'Create an access key': 'Créer une clé d’accès',
  'Create an access key?': 'Créer une clé d’accès ?',
  'Create it': 'La créer',
  'Credentials of {role}': 'Identifiants du rôle {role}',
  'Current password': 'Mot de passe actuel',
  Deactivate: 'Désactiver',
  'Delete {name}': 'Supprimer {name}',
  'Delete {name}?': 'Supprimer {name} ?',
  Delete: 'Supprimer',
  'Device code': 'Code de l’appareil',
  Disconnect: 'Dissocier',
  'Do you want to sign out everywhere you used this account in this browser?':
    'Voulez-vous vous déconnecter partout où vous avez utilisé ce compte dans ce navigateur ?',
  'Download as a text file': 'Télécharger en fichier texte',
  'Download my data': 'Télécharger mes données',
  Download: 'Télécharger',
  End: 'Terminer',
  'Enter one of the codes you saved when you set up your authenticator. Each works once.':
    'Saisissez l’un des codes enregistrés lors de la configuration. Chacun ne fonctionne qu’une fois.',
  'Enter the code shown on your device.': 'Saisissez le code affiché sur votre appareil.',
  'Enter your code': 'Saisissez votre code',
  'Enter your password again to continue to {application}.':
    'Saisissez à nouveau votre mot de passe pour continuer vers {application}.',
  'Enter your password again to continue.': 'Saisissez à nouveau votre mot de passe pour continuer.',
  Failed: 'Échec',
  'Follow the steps that your browser or device shows.':
    'Suivez les étapes affichées par votre navigateur ou votre appareil.',
  'For SDKs and scripts.': 'Pour les SDK et les scripts.',
  'For a second phone.': 'Pour un deuxième téléphone.',
  'For another device, or a security key as a spare.':
    'Pour un autre appareil, ou une clé de sécurité de secours.',
  'For programs that sign requests as you. Credentials of a role are safer where they are enough: they end by themselves.':
    'Pour les programmes qui signent des requêtes en votre nom. Les identifiants d’un rôle sont plus sûrs quand ils suffisent : ils expirent d’eux-mêmes.',
  'Get credentials of a role for the command line or an SDK. They end after an hour.':
    'Obtenez les identifiants d’un rôle pour la ligne de commande ou un SDK. Ils sont valables une heure.',
  'Get credentials': 'Obtenir les identifiants',
  Groups: 'Groupes',
  'How you sign in': 'Vos méthodes de connexion',
  'I have saved it': 'Je l’ai enregistrée',
  'I have saved them': 'Je les ai enregistrés',
  'If you usually sign in with {usual}, {link} and connect {provider} on your account page.':
    'Si vous vous connectez d’habitude avec {usual} : {link}, puis associez {provider} sur la page de votre compte.',
  Inactive: 'Inactive',
  'Is this your device?': 'Est-ce votre appareil ?',
  'It can do what you can, until you delete it. The secret is shown once.':
    'Elle peut faire ce que vous pouvez faire, jusqu’à ce que vous la supprimiez. Le secret n’est affiché qu’une fois.',
  'It is your only one. Your password alone will sign you in, and your recovery codes will stop working.':
    'C’est la seule. Votre mot de passe suffira pour vous connecter et vos codes de secours ne fonctionneront plus.',
  'It will be able to:': 'Elle pourra :',
  'It will no longer sign you in, and you will be signed out wherever you signed in with it.':
    'Elle ne vous connectera plus, et vous serez déconnecté partout où vous l’avez utilisée.',
  'Its codes will no longer sign you in.': 'Ses codes ne vous connecteront plus.',
  'Its counter went back, so it may have been copied. Remove it.':
    'Son compteur a reculé : elle a peut-être été copiée. Supprimez-la.',
  'Keep it': 'Conserver',
  Language: 'Langue',
  'Make new codes': 'Créer de nouveaux codes',
  'Make new recovery codes?': 'Créer de nouveaux codes de secours ?',
  'More about your account': 'Plus sur votre compte',
  'My apps': 'Mes applications',
  'Name of the app': 'Nom de l’application',
  'Name of the role': 'Nom du rôle',
  Name: 'Nom',
  'Needs a more recent sign-in with a second factor.':
    'Exige une connexion plus récente avec un second facteur.',
  'Needs a second factor.': 'Exige un second facteur.',
  'New password': 'Nouveau mot de passe',
  'New recovery codes': 'Nouveaux codes de secours',
  'No access': 'Accès refusé',
  'No account here is connected to {name} at {provider} yet. Sign in to your account to connect it. From then on you can sign in with {provider}.':
    'Aucun compte n’est encore associé à {name} chez {provider}. Connectez-vous à votre compte pour l’associer. Vous pourrez ensuite vous connecter avec {provider}.',
  'No app that you can open has this in its name.':
    'Aucune application que vous pouvez ouvrir ne contient ceci dans son nom.',
  'No role that you can become begins so.': 'Aucun rôle que vous pouvez endosser ne commence ainsi.',
  'No, this is not my device': 'Non, ce n’est pas mon appareil',
  'None among the first apps. There are more.':
    'Aucune parmi les premières applications. Il y en a d’autres.',
  'None among the first roles. There are more.': 'Aucun parmi les premiers rôles. Il y en a d’autres.',
  'None left. Make new ones before you need them.':
    'Plus aucun. Créez-en de nouveaux avant d’en avoir besoin.',
  'None of your policies allows it. Ask an administrator for {permission} on {role}.':
    'Aucune de vos stratégies ne l’autorise. Demandez à un administrateur {permission} sur {role}.',
  'None yet.': 'Aucune pour l’instant.',
  None: 'Aucun',
  'Not now': 'Pas maintenant',
  'Not set': 'Non défini',
  'Not {user}?': 'Vous n’êtes pas {user} ?',
  'On {resource}:': 'Sur {resource} :',
  'Open in an app on this device': 'Ouvrir dans une application de cet appareil',
  'Open your authenticator app and enter the code it shows for {user}.':
    'Ouvrez votre application d’authentification et saisissez le code affiché pour {user}.',
  'Passkey added': 'Passkey ajoutée',
  'Passkey removed': 'Passkey supprimée',
  'Passkey used': 'Clé d’accès (passkey) utilisée',
  Passkey: 'Clé d’accès',
  'Passkeys need JavaScript. Turn it on for this site.':
    'Les clés d’accès nécessitent JavaScript. Activez-le pour ce site.',
  'Password changed': 'Mot de passe modifié',
  'Password entered': 'Mot de passe saisi',
  Password: 'Mot de passe',
  'Paste into a PowerShell window.': 'À coller dans une fenêtre PowerShell.',
  'Paste into a terminal with sh, bash or zsh.': 'À coller dans un terminal avec sh, bash ou zsh.',
  PowerShell: 'PowerShell',
  Privacy: 'Confidentialité',
  Profile: 'Profil',
  'Programs that use it are refused at once, and sessions that were made with it end.':
    'Les programmes qui l’utilisent sont refusés aussitôt, et les sessions créées avec elle prennent fin.',
  'Recovery code': 'Code de secours',
  'Recovery codes': 'Codes de secours',
  Reference: 'Référence',
  Refused: 'Refusé',
  'Remove the passkey {name}': 'Supprimer la clé d’accès {name}',
  'Remove {name}': 'Supprimer {name}',
  'Remove {name}?': 'Supprimer {name} ?',
  Remove: 'Supprimer',
  'Renewed automatically': 'Renouvelés automatiquement',
  'Requested from {address}': 'Demandé depuis {address}',
  'Return to the application': 'Retourner à l’application',
  'Role assumed': 'Rôle endossé',
  Roles: 'Rôles',
  'Save password': 'Enregistrer le mot de passe',
  'Save your recovery codes': 'Enregistrez vos codes de secours',
  'Scan this QR code with an authenticator app on your phone, then enter the six-digit code it shows.':
    'Scannez ce code QR avec une application d’authentification sur votre téléphone, puis saisissez le code à six chiffres affiché.',
  'Scan this QR code with an authenticator app, then enter the six-digit code it shows.':
    'Scannez ce code QR avec une application d’authentification, puis saisissez le code à six chiffres affiché.',
  Search: 'Rechercher',
  'Secret access key': 'Clé d’accès secrète',
  'See your {claim}': 'Voir votre {claim}',
  Session: 'Session',
  'Set up your authenticator': 'Configurer l’authentification',
  Shell: 'Shell',
  'Show also roles that you cannot become': 'Afficher aussi les rôles que vous ne pouvez pas endosser',
  'Show more': 'Afficher plus',
  'Show only roles that you can become': 'N’afficher que les rôles que vous pouvez endosser',
  'Sign in again': 'Se reconnecter',
  'Sign in another way': 'Se connecter autrement',
  'Sign in to manage your account, your sign-in methods and your applications.':
    'Connectez-vous pour gérer votre compte, vos méthodes de connexion et vos applications.',
  'Sign in with a passkey': 'Se connecter avec une clé d’accès',
  'Sign in with your fingerprint, face or device PIN. No password and no code.':
    'Connectez-vous avec votre empreinte, votre visage ou le code de l’appareil. Sans mot de passe ni code.',
  'Sign in with {provider}': 'Se connecter avec {provider}',
  'Sign in': 'Se connecter',
  'Sign out everywhere else': 'Se déconnecter partout ailleurs',
  'Sign out': 'Se déconnecter',
  'Sign out?': 'Se déconnecter ?',
  'Sign-in failed': 'Échec de la connexion',
  'Sign-in to an application': 'Connexion à une application',
  'Sign-in with {provider} failed': 'Échec de la connexion avec {provider}',
  'Sign-in': 'Connexion',
  'Sign-out': 'Déconnexion',
  'Signed in as {user}': 'Connecté en tant que {user}',
  'Signed in {date}': 'Connecté le {date}',
  'Signed out': 'Déconnecté',
  'Signing you out at {provider} as well.': 'Déconnexion de {provider} également.',
  'Six-digit code': 'Code à six chiffres',
  'Skip to content': 'Aller au contenu',
  'So that you recognize it in the list.': 'Pour la reconnaître dans la liste.',
  'Stay signed in there': 'Y rester connecté',
  'Stay signed in': 'Rester connecté',
  'Step {number} of {count}': 'Étape {number} sur {count}',
  Terms: 'Conditions',
  'The passkey was not used. Try again or choose another way.':
    'La clé d’accès n’a pas été utilisée. Réessayez ou choisissez une autre méthode.',
  'The password you were given is temporary. Choose your own to continue.':
    'Le mot de passe reçu est temporaire. Choisissez le vôtre pour continuer.',
  'The role does not trust you. Ask an administrator to add you to its trust policy.':
    'Le rôle ne vous fait pas confiance. Demandez à un administrateur de vous ajouter à sa stratégie de confiance.',
  'The secret is shown only now. Put it into your password manager or the configuration of your program.':
    'Le secret ne s’affiche que maintenant. Enregistrez-le dans votre gestionnaire de mots de passe ou dans la configuration de votre programme.',
  'There is no app that you can open yet.': 'Il n’y a pas encore d’application que vous puissiez ouvrir.',
  'There is no role that you can become.': 'Il n’y a aucun rôle que vous puissiez endosser.',
  'They are shown only now.': 'Ils ne s’affichent que maintenant.',
  'They are shown only once. If you did not save them, make new ones. The old ones will stop working.':
    'Ils ne s’affichent qu’une fois. Si vous ne les avez pas enregistrés, créez-en de nouveaux. Les anciens ne fonctionneront plus.',
  'They end early when your account is disabled, when an administrator signs you out, or when the role is deleted. Signing out here does not end them.':
    'Ils prennent fin plus tôt si votre compte est désactivé, si un administrateur vous déconnecte ou si le rôle est supprimé. Vous déconnecter ici n’y met pas fin.',
  'This application registered itself. Its name has not been verified.':
    'Cette application s’est enregistrée elle-même. Son nom n’a pas été vérifié.',
  'This browser does not support passkeys, or JavaScript is turned off. Use a recovery code or another browser.':
    'Ce navigateur ne prend pas en charge les clés d’accès, ou JavaScript est désactivé. Utilisez un code de secours ou un autre navigateur.',
  'This browser': 'Ce navigateur',
  'This link cannot be used': 'Ce lien n’est pas utilisable',
  'Token issued to an application': 'Jeton délivré à une application',
  'Too many attempts': 'Trop de tentatives',
  'Try again or choose another way': 'Réessayer ou choisir une autre méthode',
  'Turn on': 'Activer',
  'Unknown browser': 'Navigateur inconnu',
  'Use a passkey': 'Utiliser une clé d’accès',
  'Use a password for this site instead': 'Utiliser plutôt un mot de passe de ce site',
  'Use a recovery code': 'Utiliser un code de secours',
  'Use another account': 'Utiliser un autre compte',
  'Use my organization’s sign-in': 'Utiliser la connexion de mon organisation',
  'Use your authenticator app': 'Utiliser votre application d’authentification',
  'Use your passkey': 'Utilisez votre clé d’accès',
  'Use your {provider} account to sign in.': 'Connectez-vous avec votre compte {provider}.',
  'Use {scope}': 'Utiliser {scope}',
  'User name': 'Nom d’utilisateur',
  'Valid until {date}': 'Valables jusqu’au {date}',
  Website: 'Site web',
  Welcome: 'Bienvenue',
  'Welcome, {user}. Choose a password, then sign in with it.':
    'Bienvenue, {user}. Choisissez un mot de passe, puis connectez-vous avec.',
  'What is stored about you, as a JSON file: profile, sign-in methods without secrets, sessions, browsers you trust, applications, access keys without secrets, and your newest 1,000 activities.':
    'Ce qui est enregistré à votre sujet, dans un fichier JSON : profil, méthodes de connexion sans secrets, sessions, navigateurs de confiance, applications, clés d’accès sans secrets et vos 1 000 activités les plus récentes.',
  'What you did here, and what was refused in your name. The newest first.':
    'Ce que vous avez fait ici et ce qui a été refusé en votre nom. Le plus récent d’abord.',
  'Where you are signed in': 'Où vous êtes connecté',
  Withdraw: 'Retirer',
  'Yes, continue': 'Oui, continuer',
  'You are signed in as {user}. Ask your administrator for access, or use another account.':
    'Vous êtes connecté en tant que {user}. Demandez l’accès à votre administrateur ou utilisez un autre compte.',
  'You are signed out here': 'Vous êtes déconnecté ici',
  'You are signed out of {application}.': 'Vous êtes déconnecté de {application}.',
  'You are signed out': 'Vous êtes déconnecté',
  'You can close this page and continue there.': 'Vous pouvez fermer cette page et continuer là-bas.',
  'You can close this page.': 'Vous pouvez fermer cette page.',
  'You can try again in a second.': 'Vous pourrez réessayer dans une seconde.',
  'You can try again in {minutes} minutes.': 'Vous pourrez réessayer dans {minutes} minutes.',
  'You can try again in {seconds} seconds.': 'Vous pourrez réessayer dans {seconds} secondes.',
  'You cannot become {role} with this sign-in.': 'Vous ne pouvez pas endosser {role} avec cette connexion.',
  'You do not have access to {application}': 'Vous n’avez pas accès à {application}',
  'You have as many access keys as are allowed. Delete one first.':
    'Vous avez atteint le nombre maximal de clés d’accès. Supprimez-en une d’abord.',
  'You have none left.': 'Il ne vous en reste aucun.',
  'You lack the permission {permission} on {resource}.':
    'Il vous manque l’autorisation {permission} sur {resource}.',
  'You signed out of {application}. Do you also want to sign out everywhere you used this account in this browser?':
    'Vous vous êtes déconnecté de {application}. Voulez-vous aussi vous déconnecter partout où vous avez utilisé ce compte dans ce navigateur ?',
  'You will be signed out everywhere else.': 'Vous serez déconnecté partout ailleurs.',
  'You will be signed out here and of every application that supports single sign-out.':
    'Vous serez déconnecté ici et de chaque application compatible avec la déconnexion unique.',
  'You will return to {host}': 'Vous retournerez vers {host}',
  'You will sign in there and then return here.': 'Vous vous connecterez là-bas, puis reviendrez ici.',
  'Your account': 'Votre compte',
  'Your applications': 'Vos applications',
  'Your device is connected': 'Votre appareil est connecté',
  'Your new access key': 'Votre nouvelle clé d’accès',
  'Your recovery codes were already shown': 'Vos codes de secours ont déjà été affichés',
  'Your {count} remaining codes will stop working.': 'Vos {count} codes restants ne fonctionneront plus.',
  'added {date}, not used yet': 'ajoutée le {date}, pas encore utilisée',
  'created {date}': 'créée le {date}',
  ended: 'expiré',
  'ends in {time}': 'expire dans {time}',
  'ends {date}': 'expire le {date}',
  'for up to 1 hour at a time, also while you are away, until you withdraw this':
    'pour 1 heure au plus à chaque fois, même en votre absence, jusqu’à ce que vous retiriez cet accès',
  'for up to 1 hour at a time, while you are signed in':
    'pour 1 heure au plus à chaque fois, tant que vous êtes connecté',
  'last used {date} for {service}': 'dernière utilisation le {date} pour {service}',
  'last used {date}': 'dernière utilisation le {date}',
  'If you lose your phone, each of these signs you in once. They are shown only now: keep them in your password manager or on paper.':
    'Si vous perdez votre téléphone, chacun de ces codes vous connecte une fois. Ils ne s’affichent que maintenant : conservez-les dans votre gestionnaire de mots de passe ou sur papier.',
  'not used yet': 'pas encore utilisée',
  or: 'ou',
  'sign in with {provider}': 'connectez-vous avec {provider}',
  'since {date}': 'depuis le {date}',
  'to continue to {application}': 'pour continuer vers {application}',
  'to your account': 'à votre compte',
  '{application} is signed in.': '{application} est connectée.',
  '{application} wants to sign in with your account. Continue only if your device shows exactly this code.':
    '{application} souhaite se connecter avec votre compte. Ne continuez que si votre appareil affiche exactement ce code.',
  '{count} left': '{count} restants',
  'Enter the code.': 'Saisissez le code.',
  'Incorrect code, or a code that was already used.': 'Code incorrect ou déjà utilisé.',
  'Incorrect code. Check that the time on your phone is right, then enter the newest code.':
    'Code incorrect. Vérifiez l’heure de votre téléphone, puis saisissez le dernier code.',
  'Enter a new password.': 'Saisissez un nouveau mot de passe.',
  'Enter a password.': 'Saisissez un mot de passe.',
  'The passwords do not match.': 'Les mots de passe ne correspondent pas.',
  'The new passwords do not match.': 'Les nouveaux mots de passe ne correspondent pas.',
  'Incorrect user name or password.': 'Nom d’utilisateur ou mot de passe incorrect.',
  'This sign-in method is not available.': 'Cette méthode de connexion n’est pas disponible.',
  'No organization is set up for this e-mail address.':
    'Aucune organisation n’est configurée pour cette adresse e-mail.',
  'Enter your user name and password.': 'Saisissez votre nom d’utilisateur et votre mot de passe.',
  'This passkey could not be used. Try again or sign in another way.':
    'Cette clé d’accès n’a pas pu être utilisée. Réessayez ou connectez-vous autrement.',
  'Enter your current password and a new one.': 'Saisissez votre mot de passe actuel et un nouveau.',
  'The current password is incorrect.': 'Le mot de passe actuel est incorrect.',
  'The passkey could not be verified. Try again.': 'La clé d’accès n’a pas pu être vérifiée. Réessayez.',
  'Only passkeys that stay on one device are allowed here, such as security keys. This one is synchronized.':
    'Seules les clés d’accès liées à un appareil sont autorisées ici, comme les clés de sécurité. Celle-ci est synchronisée.',
  'This code is incorrect, expired or already used. Get a new one on your device.':
    'Ce code est incorrect, expiré ou déjà utilisé. Obtenez-en un nouveau sur votre appareil.',
  'You denied the request. Your device is not signed in.':
    'Vous avez refusé la demande. Votre appareil n’est pas connecté.',
  'Something went wrong. Try again.': 'Une erreur s’est produite. Réessayez.',
  'Your password was changed. You have been signed out everywhere else.':
    'Votre mot de passe a été changé. Vous avez été déconnecté partout ailleurs.',
  'The authenticator app was added.': 'L’application d’authentification a été ajoutée.',
  'The authenticator app was removed.': 'L’application d’authentification a été supprimée.',
  'The passkey was added. You can now sign in with it.':
    'La clé d’accès a été ajoutée. Vous pouvez maintenant l’utiliser pour vous connecter.',
  'The passkey was removed. You can delete it on your device, too.':
    'La clé d’accès a été supprimée. Vous pouvez aussi l’effacer de votre appareil.',
  'The identity was connected. You can now use it to sign in.':
    'L’identité a été associée. Vous pouvez maintenant l’utiliser pour vous connecter.',
  'The identity was disconnected. You can no longer use it to sign in.':
    'L’identité a été dissociée. Vous ne pouvez plus l’utiliser pour vous connecter.',
  'That session has ended.': 'Cette session est terminée.',
  'You are signed out everywhere else.': 'Vous êtes déconnecté partout ailleurs.',
  'The application can no longer act for you.': 'L’application ne peut plus agir en votre nom.',
  'Sign in to continue': 'Connectez-vous pour continuer',
  'Access denied': 'Accès refusé',
  'Page not found': 'Page introuvable',
  'Request too large': 'Requête trop volumineuse',
  'Something went wrong': 'Une erreur s’est produite',
  'Temporarily unavailable': 'Temporairement indisponible',
  'The request could not be completed': 'La demande n’a pas pu aboutir',
  'This sign-in request is not valid': 'Cette demande de connexion n’est pas valide',
  'This sign-in has ended': 'Cette connexion a pris fin',
  'Try again. If the problem persists, give your administrator the reference below.':
    'Réessayez. Si le problème persiste, communiquez la référence ci-dessous à votre administrateur.',
  'A service that this server depends on is not responding. Try again in a moment.':
    'Un service dont dépend ce serveur ne répond pas. Réessayez dans un instant.',
  'It expired, was already completed, or was started in another browser. Return to the application and start again.':
    'Elle a expiré, est déjà terminée ou a été commencée dans un autre navigateur. Retournez à l’application et recommencez.',
  'It is not responding as expected. Try again in a moment, or sign in another way.':
    'Il ne répond pas comme prévu. Réessayez dans un instant ou connectez-vous autrement.',
  'The sign-in was cancelled, or you are not allowed to sign in this way.':
    'La connexion a été annulée, ou vous n’êtes pas autorisé à vous connecter ainsi.',
  'Its response could not be verified. Start again. If the problem persists, give your administrator the reference below.':
    'Sa réponse n’a pas pu être vérifiée. Recommencez. Si le problème persiste, communiquez la référence ci-dessous à votre administrateur.',
  'First name': 'Prénom',
  'Last name': 'Nom de famille',
  'Time zone': 'Fuseau horaire',
  Picture: 'Photo',
  Phone: 'Téléphone',
  password: 'mot de passe',
  'authenticator code': 'code d’authentification',
  'recovery code': 'code de secours',
  passkey: 'clé d’accès',
  'identity provider': 'fournisseur d’identité',
  'Know who you are': 'Savoir qui vous êtes',
  'See your name and user name': 'Voir votre nom et votre nom d’utilisateur',
  'See your e-mail address': 'Voir votre adresse e-mail',
  'See which groups you belong to': 'Voir les groupes dont vous faites partie',
  'See your telephone number': 'Voir votre numéro de téléphone',
  'See your postal address': 'Voir votre adresse postale',
  'Keep access while you are away': 'Conserver l’accès en votre absence',
  'It will not be able to:': 'Elle ne pourra pas :',
  'It acts as you and never gets more than you have. You can end this on your account page.':
    'Elle agit en votre nom et n’obtient jamais plus de droits que vous. Vous pouvez y mettre fin sur la page de votre compte.',
  'This application is described by {host}. Its name has not been verified.':
    'Cette application est décrite par {host}. Son nom n’a pas été vérifié.',
  'Any program on this device can ask in its name: allow this only if you started it yourself.':
    'Tout programme de cet appareil peut faire la demande en son nom : n’autorisez que si vous l’avez lancé vous-même.',
  'Forgot your password?': 'Mot de passe oublié ?',
  'It was used already, in this or another browser, or its time is over.':
    'Il a déjà été utilisé, dans ce navigateur ou un autre, ou il a expiré.',
  'Ask your administrator for a new one.': 'Demandez-en un nouveau à votre administrateur.',
  'Request a new one, or ask your administrator.':
    'Demandez-en un nouveau ou adressez-vous à votre administrateur.',
  'Enter your user name or e-mail address. You get a message with a link to choose a new password.':
    'Saisissez votre nom d’utilisateur ou votre adresse e-mail. Vous recevrez un message avec un lien pour choisir un nouveau mot de passe.',
  'User name or e-mail address': 'Nom d’utilisateur ou adresse e-mail',
  'Send the link': 'Envoyer le lien',
  'Back to sign-in': 'Retour à la connexion',
  'Check your mail': 'Consultez votre messagerie',
  'If there is an account with this name or address, a message with a link is on its way to its confirmed e-mail address. The link works for 30 minutes.':
    'Si un compte correspond à ce nom ou à cette adresse, un message avec un lien est en route vers son adresse e-mail confirmée. Le lien est valable 30 minutes.',
  'No message? Look in your spam folder, or ask your administrator.':
    'Pas de message ? Regardez dans vos indésirables ou adressez-vous à votre administrateur.',
  'Enter your user name or e-mail address.': 'Saisissez votre nom d’utilisateur ou votre adresse e-mail.',
  'Confirm your e-mail address': 'Confirmez votre adresse e-mail',
  'Is {address} your address? Messages about your account go there, and applications may use it.':
    '{address} est-elle votre adresse ? Les messages sur votre compte y sont envoyés et les applications peuvent l’utiliser.',
  'Yes, it is mine': 'Oui, c’est la mienne',
  'It was used already, its time is over, or it belongs to another account than {user}.':
    'Il a déjà été utilisé, il a expiré, ou il appartient à un autre compte que {user}.',
  'Create an account': 'Créer un compte',
  'Enter your e-mail address. You get a message with a link to choose a password. The address becomes your user name.':
    'Saisissez votre adresse e-mail. Vous recevrez un message avec un lien pour choisir un mot de passe. L’adresse devient votre nom d’utilisateur.',
  'E-mail address': 'Adresse e-mail',
  'I have an account': 'J’ai déjà un compte',
  'A message is on its way to your e-mail address. Its link works for 24 hours.':
    'Un message est en route vers votre adresse e-mail. Son lien est valable 24 heures.',
  'No message? Look in your spam folder, or try again in an hour.':
    'Pas de message ? Regardez dans vos indésirables ou réessayez dans une heure.',
  'No account yet?': 'Pas encore de compte ?',
  'Create one': 'En créer un',
  '{address} (not confirmed)': '{address} (non confirmée)',
  'Confirm it': 'Confirmer',
  'Your e-mail address is confirmed.': 'Votre adresse e-mail est confirmée.',
  'A message with a link is on its way to your e-mail address.':
    'Un message avec un lien est en route vers votre adresse e-mail.',
  'No message was sent: there were several in the last hour, or your address is confirmed.':
    'Aucun message envoyé : plusieurs l’ont été dans la dernière heure, ou votre adresse est déjà confirmée.',
  'Browsers you trust': 'Navigateurs de confiance',
  'There you sign in without your second factor.': 'Vous vous y connectez sans second facteur.',
  'Trust no browser': 'Ne faire confiance à aucun navigateur',
  'Trust this browser for a day': 'Faire confiance à ce navigateur pendant un jour',
  'Trust this browser for {days} days': 'Faire confiance à ce navigateur pendant {days} jours',
  'Trusted since {date}': 'De confiance depuis le {date}',
  'Your password is enough here then. Do not choose this on a computer that others use.':
    'Votre mot de passe y suffira. Ne cochez pas cette case sur un ordinateur partagé.',
  'That browser is no longer trusted.': 'Ce navigateur n’est plus de confiance.',
  'No browser is trusted any more.': 'Plus aucun navigateur n’est de confiance.',
  'Change your e-mail address': 'Modifier votre adresse e-mail',
  'A message with a link goes to the new address. The address changes when you open the link.':
    'Un message contenant un lien est envoyé à la nouvelle adresse. L’adresse change lorsque vous ouvrez ce lien.',
  'Now: {address}': 'Actuellement : {address}',
  'New e-mail address': 'Nouvelle adresse e-mail',
  'A message is on its way to {address}. Open the link in it within a day, in a browser in which you are signed in. Until then your address stays as it is.':
    'Un message est en route vers {address}. Ouvrez le lien qu’il contient dans les 24 heures, dans un navigateur où vous êtes connecté. D’ici là, votre adresse reste inchangée.',
  'This address is used by another account': 'Cette adresse est utilisée par un autre compte',
  'Your address stays as it is. If the other account is yours, too, ask your administrator.':
    'Votre adresse reste inchangée. Si l’autre compte est aussi le vôtre, adressez-vous à votre administrateur.',
  'Your e-mail address was changed.': 'Votre adresse e-mail a été modifiée.',
  'Enter an e-mail address.': 'Saisissez une adresse e-mail.',
  'This is your address already.': 'C’est déjà votre adresse.',
  'There were several messages in the last hour. Try again later.':
    'Plusieurs messages ont été envoyés au cours de la dernière heure. Réessayez plus tard.',
  'Addresses of this domain come from your identity provider.':
    'Les adresses de ce domaine proviennent de votre fournisseur d’identité.',
}
