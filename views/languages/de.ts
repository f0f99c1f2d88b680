// The messages of the pages in German. Names and values: views/language.ts.
export const german = {
  'A condition does not hold: {keys}. An administrator can tell you more.':
    'Eine Bedingung ist nicht erfüllt: {keys}. Näheres weiß die Administration.',
  'A device is waiting for your answer. Allow this only if you started it yourself.':
    'Ein Gerät wartet auf Ihre Antwort. Erlauben Sie dies nur, wenn Sie es selbst gestartet haben.',
  'A limit of your account does not allow it. Ask an administrator for {permission} on {role}.':
    'Eine Grenze Ihres Kontos erlaubt es nicht. Bitten Sie die Administration um {permission} für {role}.',
  'A passkey signs you in with your fingerprint, face or device PIN. It is kept by this device, your password manager or a security key.':
    'Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Geräte-PIN an. Er liegt auf diesem Gerät, in Ihrem Passwortmanager oder auf einem Sicherheitsschlüssel.',
  'A policy denies it to you.': 'Eine Richtlinie verbietet es Ihnen.',
  'A six-digit code from your phone, in addition to your password.':
    'Ein sechsstelliger Code von Ihrem Telefon, zusätzlich zum Passwort.',
  ARN: 'ARN',
  'AWS profile': 'AWS-Profil',
  'Access allowed to an application': 'Zugriff einer Anwendung erlaubt',
  'Access key created': 'Zugriffsschlüssel erstellt',
  'Access key deleted': 'Zugriffsschlüssel gelöscht',
  'Access key id': 'Zugriffsschlüssel-ID',
  'Access keys': 'Zugriffsschlüssel',
  'Access of an application withdrawn': 'Zugriff einer Anwendung widerrufen',
  'Account {account}': 'Konto {account}',
  'Act as you in every role that you may assume':
    'In Ihrem Namen in jeder Rolle handeln, die Sie annehmen dürfen',
  'Act as you in these roles:': 'In Ihrem Namen in diesen Rollen handeln:',
  'Act as you in no role': 'In keiner Rolle in Ihrem Namen handeln',
  Activate: 'Aktivieren',
  Active: 'Aktiv',
  Activity: 'Aktivität',
  'Add a passkey': 'Passkey hinzufügen',
  'Add an authenticator app': 'Authenticator-App hinzufügen',
  'Add to {file}. It gets new credentials by itself, with an access key in your profile {profile}.':
    'In {file} einfügen. Neue Zugangsdaten werden von selbst geholt, mit einem Zugriffsschlüssel in Ihrem Profil {profile}.',
  'Add to {file}. SDKs read it, too.': 'In {file} einfügen. SDKs lesen es ebenfalls.',
  Add: 'Hinzufügen',
  'Allow {application}?': '{application} erlauben?',
  Allow: 'Erlauben',
  'Another authenticator app': 'Weitere Authenticator-App',
  'Another passkey': 'Weiterer Passkey',
  'Anyone who signs in to {provider} as {name} will be signed in to your account here. Continue only if that account is yours.':
    'Wer sich bei {provider} als {name} anmeldet, wird hier in Ihrem Konto angemeldet. Fahren Sie nur fort, wenn dieses Konto Ihnen gehört.',
  'Applications that you allowed to act on your behalf.':
    'Anwendungen, denen Sie erlaubt haben, in Ihrem Namen zu handeln.',
  'Authenticator app added': 'Authenticator-App hinzugefügt',
  'Authenticator app removed': 'Authenticator-App entfernt',
  'Authenticator app': 'Authenticator-App',
  'Back to {application}': 'Zurück zu {application}',
  Back: 'Zurück',
  Blocked: 'Gesperrt',
  Cancel: 'Abbrechen',
  'Can’t scan it? Enter this key in your app instead:':
    'Scannen nicht möglich? Geben Sie stattdessen diesen Schlüssel in der App ein:',
  'Change password': 'Passwort ändern',
  'Change your password': 'Passwort ändern',
  Change: 'Ändern',
  'Changed {date}': 'Geändert am {date}',
  'Choose a new password for {user}, then sign in with it. You are signed out everywhere else.':
    'Wählen Sie ein neues Passwort für {user} und melden Sie sich damit an. Überall sonst werden Sie abgemeldet.',
  'Choose a password': 'Passwort wählen',
  'Choose an account': 'Konto auswählen',
  'Confirm it is you, for {name}': 'Identität bestätigen, für {name}',
  'Confirm it is you': 'Bestätigen Sie Ihre Identität',
  'Confirm new password': 'Neues Passwort bestätigen',
  'Confirm with a passkey of {user} that it is you.':
    'Bestätigen Sie mit einem Passkey von {user}, dass Sie es sind.',
  'Connect a device': 'Gerät verbinden',
  'Connect your account': 'Konto verbinden',
  'Connect {provider}?': '{provider} verbinden?',
  Connect: 'Verbinden',
  Console: 'Konsole',
  'Continue as {user}': 'Weiter als {user}',
  'Continue to {provider}': 'Weiter zu {provider}',
  'Continue with {provider}': 'Weiter mit {provider}',
  Continue: 'Weiter',
  Copied: 'Kopiert',
  Copy: 'Kopieren',
  'Create a passkey': 'Passkey erstellen',
  'Create an access key': 'Zugriffsschlüssel erstellen',
  'Create an access key?': 'Zugriffsschlüssel erstellen?',
  'Create it': 'Erstellen',
  'Credentials of {role}': 'Zugangsdaten der Rolle {role}',
  'Current password': 'Aktuelles Passwort',
  Deactivate: 'Deaktivieren',
  'Delete {name}': '{name} löschen',
  'Delete {name}?': '{name} löschen?',
  Delete: 'Löschen',
  'Device code': 'Gerätecode',
  Disconnect: 'Trennen',
  'Do you want to sign out everywhere you used this account in this browser?':
    'Möchten Sie sich überall abmelden, wo Sie dieses Konto in diesem Browser verwendet haben?',
  'Download as a text file': 'Als Textdatei herunterladen',
  'Download my data': 'Meine Daten herunterladen',
  Download: 'Herunterladen',
  End: 'Beenden',
  'Enter one of the codes you saved when you set up your authenticator. Each works once.':
    'Geben Sie einen der Codes ein, die Sie beim Einrichten gespeichert haben. Jeder funktioniert einmal.',
  'Enter the code shown on your device.': 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  'Enter your code': 'Code eingeben',
  'Enter your password again to continue to {application}.':
    'Geben Sie Ihr Passwort erneut ein, um mit {application} fortzufahren.',
  'Enter your password again to continue.': 'Geben Sie Ihr Passwort erneut ein, um fortzufahren.',
  Failed: 'Fehlgeschlagen',
  'Follow the steps that your browser or device shows.':
    'Folgen Sie den Anweisungen Ihres Browsers oder Geräts.',
  'For SDKs and scripts.': 'Für SDKs und Skripte.',
  'For a second phone.': 'Für ein zweites Telefon.',
  'For another device, or a security key as a spare.':
    'Für ein weiteres Gerät oder einen Sicherheitsschlüssel als Reserve.',
  'For programs that sign requests as you. Credentials of a role are safer where they are enough: they end by themselves.':
    'Für Programme, die Anfragen in Ihrem Namen signieren. Wo sie genügen, sind Zugangsdaten einer Rolle sicherer: Sie enden von selbst.',
  'Get credentials of a role for the command line or an SDK. They end after an hour.':
    'Holen Sie sich Zugangsdaten einer Rolle für die Kommandozeile oder ein SDK. Sie gelten eine Stunde.',
  'Get credentials': 'Zugangsdaten holen',
  Groups: 'Gruppen',
  'How you sign in': 'Anmeldemethoden',
  'I have saved it': 'Ich habe es gespeichert',
  'I have saved them': 'Ich habe sie gespeichert',
  'If you usually sign in with {usual}, {link} and connect {provider} on your account page.':
    'Wenn Sie sich sonst mit {usual} anmelden: {link} und verbinden Sie {provider} auf Ihrer Kontoseite.',
  Inactive: 'Inaktiv',
  'Is this your device?': 'Ist das Ihr Gerät?',
  'It can do what you can, until you delete it. The secret is shown once.':
    'Er darf, was Sie dürfen, bis Sie ihn löschen. Das Geheimnis wird einmal angezeigt.',
  'It is your only one. Your password alone will sign you in, and your recovery codes will stop working.':
    'Es ist Ihre einzige. Danach genügt Ihr Passwort zur Anmeldung, und Ihre Wiederherstellungscodes werden ungültig.',
  'It will be able to:': 'Die Anwendung kann dann:',
  'It will no longer sign you in, and you will be signed out wherever you signed in with it.':
    'Er meldet Sie nicht mehr an, und Sie werden überall abgemeldet, wo Sie sich damit angemeldet haben.',
  'Its codes will no longer sign you in.': 'Ihre Codes melden Sie dann nicht mehr an.',
  'Its counter went back, so it may have been copied. Remove it.':
    'Sein Zähler ist zurückgesprungen, er wurde also möglicherweise kopiert. Entfernen Sie ihn.',
  'Keep it': 'Behalten',
  Language: 'Sprache',
  'Make new codes': 'Neue Codes erstellen',
  'Make new recovery codes?': 'Neue Wiederherstellungscodes erstellen?',
  'More about your account': 'Mehr zu Ihrem Konto',
  'Name of the role': 'Name der Rolle',
  Name: 'Name',
  'Needs a more recent sign-in with a second factor.': 'Erfordert eine neuere Anmeldung mit zweitem Faktor.',
  'Needs a second factor.': 'Erfordert einen zweiten Faktor.',
  'New password': 'Neues Passwort',
  'New recovery codes': 'Neue Wiederherstellungscodes',
  'No access': 'Kein Zugriff',
  'No account here is connected to {name} at {provider} yet. Sign in to your account to connect it. From then on you can sign in with {provider}.':
    'Mit {name} bei {provider} ist hier noch kein Konto verbunden. Melden Sie sich an, um Ihr Konto zu verbinden. Danach können Sie sich mit {provider} anmelden.',
  'No role that you can become begins so.': 'Keine Rolle, die Sie annehmen können, beginnt so.',
  'No, this is not my device': 'Nein, das ist nicht mein Gerät',
  'None among the first roles. There are more.': 'Unter den ersten Rollen ist keine. Es gibt weitere.',
  'None left. Make new ones before you need them.':
    'Keine mehr übrig. Erstellen Sie neue, bevor Sie sie brauchen.',
  'None of your policies allows it. Ask an administrator for {permission} on {role}.':
    'Keine Ihrer Richtlinien erlaubt es. Bitten Sie die Administration um {permission} für {role}.',
  'None yet.': 'Noch keine.',
  None: 'Keine',
  'Not now': 'Nicht jetzt',
  'Not set': 'Nicht festgelegt',
  'Not {user}?': 'Nicht {user}?',
  'On {resource}:': 'Für {resource}:',
  'Open in an app on this device': 'In einer App auf diesem Gerät öffnen',
  'Open your authenticator app and enter the code it shows for {user}.':
    'Öffnen Sie Ihre Authenticator-App und geben Sie den Code für {user} ein.',
  'Passkey added': 'Passkey hinzugefügt',
  'Passkey removed': 'Passkey entfernt',
  'Passkey used': 'Passkey verwendet',
  Passkey: 'Passkey',
  'Passkeys need JavaScript. Turn it on for this site.':
    'Passkeys benötigen JavaScript. Schalten Sie es für diese Website ein.',
  'Password changed': 'Passwort geändert',
  'Password entered': 'Passwort eingegeben',
  Password: 'Passwort',
  'Paste into a PowerShell window.': 'In ein PowerShell-Fenster einfügen.',
  'Paste into a terminal with sh, bash or zsh.': 'In ein Terminal mit sh, bash oder zsh einfügen.',
  PowerShell: 'PowerShell',
  Privacy: 'Datenschutz',
  Profile: 'Profil',
  'Programs that use it are refused at once, and sessions that were made with it end.':
    'Programme, die ihn verwenden, werden sofort abgewiesen, und Sitzungen, die mit ihm erstellt wurden, enden.',
  'Recovery code': 'Wiederherstellungscode',
  'Recovery codes': 'Wiederherstellungscodes',
  Reference: 'Referenz',
  Refused: 'Abgelehnt',
  'Remove the passkey {name}': 'Passkey {name} entfernen',
  'Remove {name}': '{name} entfernen',
  'Remove {name}?': '{name} entfernen?',
  Remove: 'Entfernen',
  'Renewed automatically': 'Automatisch erneuert',
  'Requested from {address}': 'Angefordert von {address}',
  'Return to the application': 'Zurück zur Anwendung',
  'Role assumed': 'Rolle angenommen',
  Roles: 'Rollen',
  'Save password': 'Passwort speichern',
  'Save your recovery codes': 'Wiederherstellungscodes speichern',
  'Scan this QR code with an authenticator app on your phone, then enter the six-digit code it shows.':
    'Scannen Sie diesen QR-Code mit einer Authenticator-App auf Ihrem Telefon und geben Sie dann den sechsstelligen Code ein.',
  'Scan this QR code with an authenticator app, then enter the six-digit code it shows.':
    'Scannen Sie diesen QR-Code mit einer Authenticator-App und geben Sie dann den sechsstelligen Code ein.',
  Search: 'Suchen',
  'Secret access key': 'Geheimer Zugriffsschlüssel',
  'See your {claim}': '{claim} sehen',
  Session: 'Sitzung',
  'Set up your authenticator': 'Authenticator einrichten',
  Shell: 'Shell',
  'Show also roles that you cannot become': 'Auch Rollen anzeigen, die Sie nicht annehmen können',
  'Show more': 'Mehr anzeigen',
  'Show only roles that you can become': 'Nur Rollen anzeigen, die Sie annehmen können',
  'Sign in again': 'Erneut anmelden',
  'Sign in another way': 'Auf andere Weise anmelden',
  'Sign in to manage your account, your sign-in methods and your applications.':
    'Melden Sie sich an, um Ihr Konto, Ihre Anmeldemethoden und Ihre Anwendungen zu verwalten.',
  'Sign in with a passkey': 'Mit Passkey anmelden',
  'Sign in with your fingerprint, face or device PIN. No password and no code.':
    'Melden Sie sich per Fingerabdruck, Gesicht oder Geräte-PIN an. Ohne Passwort und ohne Code.',
  'Sign in with {provider}': 'Mit {provider} anmelden',
  'Sign in': 'Anmelden',
  'Sign out everywhere else': 'Überall sonst abmelden',
  'Sign out': 'Abmelden',
  'Sign out?': 'Abmelden?',
  'Sign-in failed': 'Anmeldung fehlgeschlagen',
  'Sign-in to an application': 'Anmeldung bei einer Anwendung',
  'Sign-in with {provider} failed': 'Anmeldung mit {provider} fehlgeschlagen',
  'Sign-in': 'Anmeldung',
  'Sign-out': 'Abmeldung',
  'Signed in as {user}': 'Angemeldet als {user}',
  'Signed in {date}': 'Angemeldet am {date}',
  'Signed out': 'Abgemeldet',
  'Signing you out at {provider} as well.': 'Sie werden auch bei {provider} abgemeldet.',
  'Six-digit code': 'Sechsstelliger Code',
  'Skip to content': 'Zum Inhalt springen',
  'So that you recognize it in the list.': 'Damit Sie ihn in der Liste wiedererkennen.',
  'Stay signed in there': 'Dort angemeldet bleiben',
  'Stay signed in': 'Angemeldet bleiben',
  'Step {number} of {count}': 'Schritt {number} von {count}',
  Terms: 'Nutzungsbedingungen',
  'The passkey was not used. Try again or choose another way.':
    'Der Passkey wurde nicht verwendet. Versuchen Sie es erneut oder wählen Sie eine andere Methode.',
  'The password you were given is temporary. Choose your own to continue.':
    'Das erhaltene Passwort ist vorläufig. Wählen Sie ein eigenes, um fortzufahren.',
  'The role does not trust you. Ask an administrator to add you to its trust policy.':
    'Die Rolle vertraut Ihnen nicht. Bitten Sie die Administration, Sie in ihre Vertrauensrichtlinie aufzunehmen.',
  'The secret is shown only now. Put it into your password manager or the configuration of your program.':
    'Das Geheimnis wird nur jetzt angezeigt. Speichern Sie es in Ihrem Passwortmanager oder in der Konfiguration Ihres Programms.',
  'There is no role that you can become.': 'Es gibt keine Rolle, die Sie annehmen können.',
  'They are shown only now.': 'Sie werden nur jetzt angezeigt.',
  'They are shown only once. If you did not save them, make new ones. The old ones will stop working.':
    'Sie werden nur einmal angezeigt. Wenn Sie sie nicht gespeichert haben, erstellen Sie neue. Die alten werden ungültig.',
  'They end early when your account is disabled, when an administrator signs you out, or when the role is deleted. Signing out here does not end them.':
    'Sie enden früher, wenn Ihr Konto deaktiviert wird, die Administration Sie abmeldet oder die Rolle gelöscht wird. Wenn Sie sich hier abmelden, gelten sie weiter.',
  'This application registered itself. Its name has not been verified.':
    'Diese Anwendung hat sich selbst registriert. Ihr Name wurde nicht überprüft.',
  'This browser does not support passkeys, or JavaScript is turned off. Use a recovery code or another browser.':
    'Dieser Browser unterstützt keine Passkeys, oder JavaScript ist ausgeschaltet. Verwenden Sie einen Wiederherstellungscode oder einen anderen Browser.',
  'This browser': 'Dieser Browser',
  'This link cannot be used': 'Dieser Link ist nicht gültig',
  'Token issued to an application': 'Token für eine Anwendung ausgestellt',
  'Too many attempts': 'Zu viele Versuche',
  'Try again or choose another way': 'Erneut versuchen oder andere Methode wählen',
  'Turn on': 'Aktivieren',
  'Unknown browser': 'Unbekannter Browser',
  'Use a passkey': 'Passkey verwenden',
  'Use a password for this site instead': 'Stattdessen ein Passwort dieser Website verwenden',
  'Use a recovery code': 'Wiederherstellungscode verwenden',
  'Use another account': 'Anderes Konto verwenden',
  'Use my organization’s sign-in': 'Anmeldung meiner Organisation verwenden',
  'Use your authenticator app': 'Authenticator-App verwenden',
  'Use your passkey': 'Passkey verwenden',
  'Use your {provider} account to sign in.': 'Melden Sie sich mit Ihrem {provider}-Konto an.',
  'Use {scope}': '{scope} verwenden',
  'User name': 'Benutzername',
  'Valid until {date}': 'Gültig bis {date}',
  Website: 'Website',
  Welcome: 'Willkommen',
  'Welcome, {user}. Choose a password, then sign in with it.':
    'Willkommen, {user}. Wählen Sie ein Passwort und melden Sie sich damit an.',
  'What is stored about you, as a JSON file: profile, sign-in methods without secrets, sessions, browsers you trust, applications, access keys without secrets, and your newest 1,000 activities.':
    'Was über Sie gespeichert ist, als JSON-Datei: Profil, Anmeldemethoden ohne Geheimnisse, Sitzungen, vertrauenswürdige Browser, Anwendungen, Zugriffsschlüssel ohne Geheimnisse und Ihre neuesten 1.000 Aktivitäten.',
  'What you did here, and what was refused in your name. The newest first.':
    'Was Sie hier getan haben und was in Ihrem Namen abgelehnt wurde. Das Neueste zuerst.',
  'Where you are signed in': 'Wo Sie angemeldet sind',
  Withdraw: 'Widerrufen',
  'Yes, continue': 'Ja, weiter',
  'You are signed in as {user}. Ask your administrator for access, or use another account.':
    'Sie sind als {user} angemeldet. Bitten Sie Ihre Administration um Zugriff oder verwenden Sie ein anderes Konto.',
  'You are signed out here': 'Sie sind hier abgemeldet',
  'You are signed out of {application}.': 'Sie sind von {application} abgemeldet.',
  'You are signed out': 'Sie sind abgemeldet',
  'You can close this page and continue there.': 'Sie können diese Seite schließen und dort fortfahren.',
  'You can close this page.': 'Sie können diese Seite schließen.',
  'You can try again in a second.': 'Sie können es in einer Sekunde erneut versuchen.',
  'You can try again in {minutes} minutes.': 'Sie können es in {minutes} Minuten erneut versuchen.',
  'You can try again in {seconds} seconds.': 'Sie können es in {seconds} Sekunden erneut versuchen.',
  'You cannot become {role} with this sign-in.':
    'Mit dieser Anmeldung können Sie die Rolle {role} nicht annehmen.',
  'You do not have access to {application}': 'Sie haben keinen Zugriff auf {application}',
  'You have as many access keys as are allowed. Delete one first.':
    'Sie haben bereits so viele Zugriffsschlüssel wie erlaubt. Löschen Sie zuerst einen.',
  'You have none left.': 'Sie haben keine mehr übrig.',
  'You lack the permission {permission} on {resource}.':
    'Ihnen fehlt die Berechtigung {permission} für {resource}.',
  'You signed out of {application}. Do you also want to sign out everywhere you used this account in this browser?':
    'Sie haben sich von {application} abgemeldet. Möchten Sie sich auch überall abmelden, wo Sie dieses Konto in diesem Browser verwendet haben?',
  'You will be signed out everywhere else.': 'Überall sonst werden Sie abgemeldet.',
  'You will be signed out here and of every application that supports single sign-out.':
    'Sie werden hier und bei jeder Anwendung abgemeldet, die gemeinsames Abmelden unterstützt.',
  'You will return to {host}': 'Sie kehren zu {host} zurück',
  'You will sign in there and then return here.': 'Sie melden sich dort an und kehren dann hierher zurück.',
  'Your account': 'Ihr Konto',
  'Your applications': 'Ihre Anwendungen',
  'Your device is connected': 'Ihr Gerät ist verbunden',
  'Your new access key': 'Ihr neuer Zugriffsschlüssel',
  'Your recovery codes were already shown': 'Ihre Wiederherstellungscodes wurden bereits angezeigt',
  'Your {count} remaining codes will stop working.': 'Ihre {count} verbleibenden Codes werden ungültig.',
  'added {date}, not used yet': 'hinzugefügt am {date}, noch nicht verwendet',
  'created {date}': 'erstellt am {date}',
  ended: 'abgelaufen',
  'ends in {time}': 'endet in {time}',
  'ends {date}': 'endet am {date}',
  'for up to 1 hour at a time, also while you are away, until you withdraw this':
    'jeweils für bis zu 1 Stunde, auch in Ihrer Abwesenheit, bis Sie dies widerrufen',
  'for up to 1 hour at a time, while you are signed in':
    'jeweils für bis zu 1 Stunde, solange Sie angemeldet sind',
  'last used {date} for {service}': 'zuletzt verwendet am {date} für {service}',
  'last used {date}': 'zuletzt verwendet am {date}',
  'If you lose your phone, each of these signs you in once. They are shown only now: keep them in your password manager or on paper.':
    'Wenn Sie Ihr Telefon verlieren, meldet jeder dieser Codes Sie einmal an. Sie werden nur jetzt angezeigt: Bewahren Sie sie im Passwortmanager oder auf Papier auf.',
  'not used yet': 'noch nicht verwendet',
  or: 'oder',
  'sign in with {provider}': 'melden Sie sich mit {provider} an',
  'since {date}': 'seit {date}',
  'to continue to {application}': 'um mit {application} fortzufahren',
  'to your account': 'bei Ihrem Konto',
  '{application} is signed in.': '{application} ist angemeldet.',
  '{application} wants to sign in with your account. Continue only if your device shows exactly this code.':
    '{application} möchte sich mit Ihrem Konto anmelden. Fahren Sie nur fort, wenn Ihr Gerät genau diesen Code anzeigt.',
  '{count} left': 'noch {count}',
  'Enter the code.': 'Geben Sie den Code ein.',
  'Incorrect code, or a code that was already used.': 'Falscher oder bereits verwendeter Code.',
  'Incorrect code. Check that the time on your phone is right, then enter the newest code.':
    'Falscher Code. Prüfen Sie, ob die Uhrzeit Ihres Telefons stimmt, und geben Sie den neuesten Code ein.',
  'Enter a new password.': 'Geben Sie ein neues Passwort ein.',
  'Enter a password.': 'Geben Sie ein Passwort ein.',
  'The passwords do not match.': 'Die Passwörter stimmen nicht überein.',
  'The new passwords do not match.': 'Die neuen Passwörter stimmen nicht überein.',
  'Incorrect user name or password.': 'Falscher Benutzername oder falsches Passwort.',
  'This sign-in method is not available.': 'Diese Anmeldemethode ist nicht verfügbar.',
  'No organization is set up for this e-mail address.':
    'Für diese E-Mail-Adresse ist keine Organisation eingerichtet.',
  'Enter your user name and password.': 'Geben Sie Benutzername und Passwort ein.',
  'This passkey could not be used. Try again or sign in another way.':
    'Dieser Passkey konnte nicht verwendet werden. Versuchen Sie es erneut oder melden Sie sich auf andere Weise an.',
  'Enter your current password and a new one.': 'Geben Sie Ihr aktuelles und ein neues Passwort ein.',
  'The current password is incorrect.': 'Das aktuelle Passwort ist falsch.',
  'The passkey could not be verified. Try again.':
    'Der Passkey konnte nicht überprüft werden. Versuchen Sie es erneut.',
  'Only passkeys that stay on one device are allowed here, such as security keys. This one is synchronized.':
    'Hier sind nur Passkeys erlaubt, die auf einem Gerät bleiben, etwa Sicherheitsschlüssel. Dieser wird synchronisiert.',
  'This code is incorrect, expired or already used. Get a new one on your device.':
    'Dieser Code ist falsch, abgelaufen oder bereits verwendet. Fordern Sie auf Ihrem Gerät einen neuen an.',
  'You denied the request. Your device is not signed in.':
    'Sie haben die Anfrage abgelehnt. Ihr Gerät ist nicht angemeldet.',
  'Something went wrong. Try again.': 'Etwas ist schiefgelaufen. Versuchen Sie es erneut.',
  'Your password was changed. You have been signed out everywhere else.':
    'Ihr Passwort wurde geändert. Überall sonst wurden Sie abgemeldet.',
  'The authenticator app was added.': 'Die Authenticator-App wurde hinzugefügt.',
  'The authenticator app was removed.': 'Die Authenticator-App wurde entfernt.',
  'The passkey was added. You can now sign in with it.':
    'Der Passkey wurde hinzugefügt. Sie können sich jetzt damit anmelden.',
  'The passkey was removed. You can delete it on your device, too.':
    'Der Passkey wurde entfernt. Sie können ihn auch auf Ihrem Gerät löschen.',
  'The identity was connected. You can now use it to sign in.':
    'Die Identität wurde verbunden. Sie können sich jetzt damit anmelden.',
  'The identity was disconnected. You can no longer use it to sign in.':
    'Die Identität wurde getrennt. Sie können sich nicht mehr damit anmelden.',
  'That session has ended.': 'Diese Sitzung wurde beendet.',
  'You are signed out everywhere else.': 'Sie sind überall sonst abgemeldet.',
  'The application can no longer act for you.': 'Die Anwendung kann nicht mehr für Sie handeln.',
  'Sign in to continue': 'Zum Fortfahren anmelden',
  'Access denied': 'Zugriff verweigert',
  'Page not found': 'Seite nicht gefunden',
  'Request too large': 'Anfrage zu groß',
  'Something went wrong': 'Etwas ist schiefgelaufen',
  'Temporarily unavailable': 'Vorübergehend nicht verfügbar',
  'The request could not be completed': 'Die Anfrage konnte nicht ausgeführt werden',
  'This sign-in request is not valid': 'Diese Anmeldeanfrage ist ungültig',
  'This sign-in has ended': 'Diese Anmeldung ist beendet',
  'Try again. If the problem persists, give your administrator the reference below.':
    'Versuchen Sie es erneut. Wenn das Problem bestehen bleibt, nennen Sie Ihrer Administration die Referenz unten.',
  'A service that this server depends on is not responding. Try again in a moment.':
    'Ein benötigter Dienst antwortet nicht. Versuchen Sie es gleich noch einmal.',
  'It expired, was already completed, or was started in another browser. Return to the application and start again.':
    'Sie ist abgelaufen, wurde bereits abgeschlossen oder in einem anderen Browser begonnen. Kehren Sie zur Anwendung zurück und beginnen Sie erneut.',
  'It is not responding as expected. Try again in a moment, or sign in another way.':
    'Der Anbieter antwortet nicht wie erwartet. Versuchen Sie es gleich noch einmal oder melden Sie sich auf andere Weise an.',
  'The sign-in was cancelled, or you are not allowed to sign in this way.':
    'Die Anmeldung wurde abgebrochen, oder Sie dürfen sich nicht auf diese Weise anmelden.',
  'Its response could not be verified. Start again. If the problem persists, give your administrator the reference below.':
    'Die Antwort konnte nicht überprüft werden. Beginnen Sie erneut. Wenn das Problem bestehen bleibt, nennen Sie Ihrer Administration die Referenz unten.',
  'First name': 'Vorname',
  'Last name': 'Nachname',
  'Time zone': 'Zeitzone',
  Picture: 'Bild',
  Phone: 'Telefon',
  password: 'Passwort',
  'authenticator code': 'Authenticator-Code',
  'recovery code': 'Wiederherstellungscode',
  passkey: 'Passkey',
  'identity provider': 'Identitätsanbieter',
  'Know who you are': 'Wissen, wer Sie sind',
  'See your name and user name': 'Ihren Namen und Benutzernamen sehen',
  'See your e-mail address': 'Ihre E-Mail-Adresse sehen',
  'See which groups you belong to': 'Ihre Gruppen sehen',
  'See your telephone number': 'Ihre Telefonnummer sehen',
  'See your postal address': 'Ihre Postanschrift sehen',
  'Keep access while you are away': 'Auch in Ihrer Abwesenheit Zugriff behalten',
  'It will not be able to:': 'Die Anwendung kann nicht:',
  'It acts as you and never gets more than you have. You can end this on your account page.':
    'Sie handelt in Ihrem Namen und bekommt nie mehr Rechte, als Sie haben. Auf Ihrer Kontoseite können Sie dies beenden.',
  'This application is described by {host}. Its name has not been verified.':
    'Diese Anwendung wird von {host} beschrieben. Ihr Name wurde nicht überprüft.',
  'Any program on this device can ask in its name: allow this only if you started it yourself.':
    'Jedes Programm auf diesem Gerät kann in ihrem Namen anfragen: Erlauben Sie dies nur, wenn Sie es selbst gestartet haben.',
  'Forgot your password?': 'Passwort vergessen?',
  'It was used already, in this or another browser, or its time is over.':
    'Er wurde bereits in diesem oder einem anderen Browser verwendet oder ist abgelaufen.',
  'Ask your administrator for a new one.': 'Bitten Sie Ihre Administration um einen neuen.',
  'Request a new one, or ask your administrator.':
    'Fordern Sie einen neuen an oder fragen Sie Ihre Administration.',
  'Enter your user name or e-mail address. You get a message with a link to choose a new password.':
    'Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein. Sie erhalten eine Nachricht mit einem Link, um ein neues Passwort zu wählen.',
  'User name or e-mail address': 'Benutzername oder E-Mail-Adresse',
  'Send the link': 'Link senden',
  'Back to sign-in': 'Zurück zur Anmeldung',
  'Check your mail': 'Prüfen Sie Ihren Posteingang',
  'If there is an account with this name or address, a message with a link is on its way to its confirmed e-mail address. The link works for 30 minutes.':
    'Wenn es ein Konto mit diesem Namen oder dieser Adresse gibt, ist eine Nachricht mit einem Link an die bestätigte E-Mail-Adresse unterwegs. Der Link gilt 30 Minuten.',
  'No message? Look in your spam folder, or ask your administrator.':
    'Keine Nachricht? Sehen Sie im Spam-Ordner nach oder fragen Sie Ihre Administration.',
  'Enter your user name or e-mail address.': 'Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.',
  'Confirm your e-mail address': 'Bestätigen Sie Ihre E-Mail-Adresse',
  'Is {address} your address? Messages about your account go there, and applications may use it.':
    'Ist {address} Ihre Adresse? Nachrichten zu Ihrem Konto gehen dorthin, und Anwendungen können sie verwenden.',
  'Yes, it is mine': 'Ja, das ist meine',
  'It was used already, its time is over, or it belongs to another account than {user}.':
    'Er wurde bereits verwendet, ist abgelaufen oder gehört zu einem anderen Konto als {user}.',
  'Create an account': 'Konto erstellen',
  'Enter your e-mail address. You get a message with a link to choose a password. The address becomes your user name.':
    'Geben Sie Ihre E-Mail-Adresse ein. Sie erhalten eine Nachricht mit einem Link, um ein Passwort zu wählen. Die Adresse wird Ihr Benutzername.',
  'E-mail address': 'E-Mail-Adresse',
  'I have an account': 'Ich habe ein Konto',
  'A message is on its way to your e-mail address. Its link works for 24 hours.':
    'Eine Nachricht an Ihre E-Mail-Adresse ist unterwegs. Ihr Link gilt 24 Stunden.',
  'No message? Look in your spam folder, or try again in an hour.':
    'Keine Nachricht? Sehen Sie im Spam-Ordner nach oder versuchen Sie es in einer Stunde erneut.',
  'No account yet?': 'Noch kein Konto?',
  'Create one': 'Jetzt erstellen',
  '{address} (not confirmed)': '{address} (nicht bestätigt)',
  'Confirm it': 'Bestätigen',
  'Your e-mail address is confirmed.': 'Ihre E-Mail-Adresse ist bestätigt.',
  'A message with a link is on its way to your e-mail address.':
    'Eine Nachricht mit einem Link an Ihre E-Mail-Adresse ist unterwegs.',
  'No message was sent: there were several in the last hour, or your address is confirmed.':
    'Es wurde keine Nachricht gesendet: In der letzten Stunde gab es mehrere, oder Ihre Adresse ist bestätigt.',
  'Browsers you trust': 'Browser, denen Sie vertrauen',
  'There you sign in without your second factor.': 'Dort melden Sie sich ohne zweiten Faktor an.',
  'Trust no browser': 'Keinem Browser vertrauen',
  'Trust this browser for a day': 'Diesem Browser einen Tag lang vertrauen',
  'Trust this browser for {days} days': 'Diesem Browser {days} Tage lang vertrauen',
  'Trusted since {date}': 'Vertrauenswürdig seit {date}',
  'Your password is enough here then. Do not choose this on a computer that others use.':
    'Hier genügt dann Ihr Passwort. Wählen Sie dies nicht auf einem Computer, den auch andere benutzen.',
  'That browser is no longer trusted.': 'Diesem Browser wird nicht mehr vertraut.',
  'No browser is trusted any more.': 'Es wird keinem Browser mehr vertraut.',
  'Change your e-mail address': 'E-Mail-Adresse ändern',
  'A message with a link goes to the new address. The address changes when you open the link.':
    'An die neue Adresse geht eine Nachricht mit einem Link. Die Adresse ändert sich, wenn Sie den Link öffnen.',
  'Now: {address}': 'Bisher: {address}',
  'New e-mail address': 'Neue E-Mail-Adresse',
  'A message is on its way to {address}. Open the link in it within a day, in a browser in which you are signed in. Until then your address stays as it is.':
    'Eine Nachricht an {address} ist unterwegs. Öffnen Sie den Link darin innerhalb eines Tages in einem Browser, in dem Sie angemeldet sind. Bis dahin bleibt Ihre Adresse unverändert.',
  'This address is used by another account': 'Diese Adresse gehört zu einem anderen Konto',
  'Your address stays as it is. If the other account is yours, too, ask your administrator.':
    'Ihre Adresse bleibt unverändert. Wenn auch das andere Konto Ihnen gehört, wenden Sie sich an Ihre Administration.',
  'Your e-mail address was changed.': 'Ihre E-Mail-Adresse wurde geändert.',
  'Enter an e-mail address.': 'Geben Sie eine E-Mail-Adresse ein.',
  'This is your address already.': 'Das ist bereits Ihre Adresse.',
  'There were several messages in the last hour. Try again later.':
    'In der letzten Stunde gab es mehrere Nachrichten. Versuchen Sie es später noch einmal.',
  'Addresses of this domain come from your identity provider.':
    'Adressen dieser Domain kommen von Ihrem Identitätsanbieter.',
} as const satisfies Readonly<Record<string, string>>
