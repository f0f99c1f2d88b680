// The messages of Apps in German.
export const apps = {
  'Configuration file': 'Konfigurationsdatei',
  'Console or API': 'Konsole oder API',
  'Registered by itself': 'Selbst registriert',
  Everyone: 'Alle',
  'Members of groups': 'Mitglieder von Gruppen',
  'Whom a policy allows': 'Wem es eine Richtlinie erlaubt',
  'New app': 'Neue App',
  'Begins with': 'Beginnt mit',
  'Name or client id': 'Name oder Client-ID',
  'Comes from': 'Herkunft',
  Anywhere: 'Beliebig',
  State: 'Status',
  'No apps match. An app is anything that signs people in with OpenID Connect.':
    'Keine passenden Apps. Eine App ist jede Anwendung, bei der man sich mit OpenID Connect anmeldet.',
  'Pages of this app': 'Seiten dieser App',
  Overview: 'Übersicht',
  'Connect the app': 'App anbinden',
  'Token preview': 'Token-Vorschau',
  'This app comes from the configuration file, and is changed there.':
    'Diese App stammt aus der Konfigurationsdatei und wird dort geändert.',
  'To sign people in': 'Angaben für die Anmeldung',
  Issuer: 'Aussteller',
  'Client id': 'Client-ID',
  Discovery: 'Discovery-Dokument',
  'Who may use it': 'Wer sie verwenden darf',
  Created: 'Erstellt',
  Secrets: 'Geheimnisse',
  Id: 'ID',
  'Last used': 'Zuletzt verwendet',
  'The only one': 'Das einzige',
  'It has none.': 'Sie hat keine.',
  'Secrets of this app are not kept here.': 'Geheimnisse dieser App werden nicht hier verwaltet.',
  'Add a second secret': 'Zweites Geheimnis hinzufügen',
  'Add a second one, give it to the app, then delete the first: nobody is signed out on the way.':
    'Fügen Sie ein zweites hinzu, geben Sie es der App und löschen Sie dann das erste: Dabei wird niemand abgemeldet.',
  'Disable or delete': 'Deaktivieren oder löschen',
  'It is disabled': 'Sie ist deaktiviert',
  Disable: 'Deaktivieren',
  Enable: 'Aktivieren',
  'The next sign-in of whoever uses it is refused.': 'Die nächste Anmeldung bei der App wird abgelehnt.',
  Metadata: 'Metadaten',
  'The person': 'Die Person',
  'The app’s claims': 'Die Claims der App',
  Claim: 'Claim',
  Value: 'Wert',
  'None.': 'Keine.',
  'What the app would get for a person. Nothing is issued.':
    'Was die App für eine Person erhielte. Es wird nichts ausgestellt.',
  'Show the tokens': 'Token anzeigen',
  'Scopes: {scopes}': 'Scopes: {scopes}',
  'ID token': 'ID-Token',
  Userinfo: 'Userinfo',
  'Access token, as introspection shows it': 'Zugriffstoken, wie die Introspektion es zeigt',
  'Access token': 'Zugriffstoken',
  'What is it? Afterwards you get the lines that it needs.':
    'Was für eine App ist es? Danach erhalten Sie die Zeilen, die sie braucht.',
  'lines for {kind}, {language}': 'Zeilen für {kind}, {language}',
  'With the values of this app in them. Look through the rest, and change it where your setup differs.':
    'Die Werte dieser App sind eingesetzt. Sehen Sie den Rest durch und passen Sie ihn an Ihre Umgebung an.',
  'The app is ready': 'Die App ist bereit',
  'Copy the secret now': 'Kopieren Sie jetzt das Geheimnis',
  'It has no secret: it proves itself with PKCE.': 'Sie hat kein Geheimnis: Sie weist sich mit PKCE aus.',
  'It is shown only this once.': 'Es wird nur dieses eine Mal angezeigt.',
  'the values': 'Werte',
  'To the app': 'Zur App',
  'I have copied it': 'Ich habe es kopiert',
  'What it is': 'Art der App',
  Choose: 'Auswählen',
  'Show the lines': 'Zeilen anzeigen',
  'This app registered itself, so it knows its values.':
    'Diese App hat sich selbst registriert und kennt ihre Werte.',
  'A secret is shown only when it is made. {link} when the first is lost.':
    'Ein Geheimnis wird nur beim Erstellen angezeigt. {link}, wenn das erste verloren ging.',
  'First sign-in': 'Erste Anmeldung',
  'Look again': 'Noch einmal nachsehen',
  Works: 'Funktioniert',
  'People sign in to it, the last one {date}.': 'Personen melden sich bei der App an, zuletzt am {date}.',
  'Refused since then': 'Seitdem abgelehnt',
  'Nobody has signed in to it yet. This came instead:':
    'Bei dieser App hat sich noch niemand angemeldet. Stattdessen kam:',
  'What came instead': 'Was stattdessen kam',
  Waiting: 'Wartet',
  'Nobody has signed in to it yet. Start a sign-in at the app.':
    'Bei dieser App hat sich noch niemand angemeldet. Beginnen Sie in der App eine Anmeldung.',
  'Anybody can send such requests: check that they were your app’s.':
    'Solche Anfragen kann jeder senden: Prüfen Sie, ob sie von Ihrer App kamen.',
  '{date}, from an unknown address.': '{date}, von einer unbekannten Adresse.',
  '{date}, from {address}.': '{date}, von {address}.',
  '{came} came, no redirect URI is registered.': '{came} kam an, es ist keine Redirect-URI registriert.',
  '{came} came, {registered} is registered.': '{came} kam an, registriert ist {registered}.',
  'Add it': 'Hinzufügen',
  'A redirect URI came that is not registered and cannot be shown.':
    'Es kam eine Redirect-URI, die nicht registriert ist und nicht angezeigt werden kann.',
  'The app did not prove itself: its secret is another one, or it sends none.':
    'Die App hat sich nicht ausgewiesen: Ihr Geheimnis ist ein anderes, oder sie sendet keines.',
  'The app sent a code or token that is not valid, or not its own.':
    'Der Code oder das Token der App ist ungültig oder nicht für sie ausgestellt.',
  'The app asked for a scope that there is not, or that it may not ask for.':
    'Die App hat einen Scope angefragt, den es nicht gibt oder den sie nicht anfragen darf.',
  'The app asked for a resource that there is not.':
    'Die App hat eine Ressource angefragt, die es nicht gibt.',
  'The app asked for a grant that its settings do not have.':
    'Die App hat einen Grant angefragt, der nicht in ihren Einstellungen steht.',
  'The app asked for another response type than code.':
    'Die App hat einen anderen Response Type als code angefragt.',
  'The request of the app lacks something, or has something twice.':
    'In der Anfrage der App fehlt etwas, oder etwas steht doppelt darin.',
  'A request was refused.': 'Eine Anfrage wurde abgelehnt.',
  'People see it when they sign in.': 'Personen sehen ihn bei der Anmeldung.',
  'Redirect URIs': 'Redirect-URIs',
  'Where sign-ins return to, one on each line, exactly as the app sends them.':
    'Rücksprungadressen nach der Anmeldung, eine pro Zeile, genau wie die App sie sendet.',
  'After sign-out': 'Nach der Abmeldung',
  'Where sign-outs return to.': 'Rücksprungadressen nach der Abmeldung.',
  'Opened from the list of apps on the account pages of those who may use it.':
    'Wird aus der App-Liste auf den Kontoseiten aller geöffnet, die sie verwenden dürfen.',
  'Home page': 'Startseite',
  'Left empty, it is the address of the redirect URI.':
    'Bleibt das Feld leer, ist es die Adresse der Redirect-URI.',
  'Whom a policy allows oidc:SignIn': 'Wem eine Richtlinie oidc:SignIn erlaubt',
  'Names, separated by commas, when members of groups may use it.':
    'Namen, durch Kommas getrennt, wenn Mitglieder von Gruppen sie verwenden dürfen.',
  'Sign-in page': 'Anmeldeseite',
  'Opened instead of the home page, and starts a sign-in (initiate_login_uri). It gets the parameter iss.':
    'Wird statt der Startseite geöffnet und beginnt eine Anmeldung (initiate_login_uri). Sie erhält den Parameter iss.',
  Logo: 'Logo',
  'Address of a PNG, JPEG or WebP image of at most 16 kB.':
    'Adresse eines PNG-, JPEG- oder WebP-Bilds mit höchstens 16 kB.',
  'People are not asked for consent': 'Personen werden nicht um Zustimmung gebeten',
  'For an app of your own. A native or public app whose redirect URI is not https still asks.':
    'Für eine eigene App. Eine native oder öffentliche App, deren Redirect-URI nicht https ist, fragt weiterhin.',
  'Another web application on a server': 'Andere Webanwendung auf einem Server',
  'web application on a server': 'Webanwendung auf einem Server',
  'Another single-page application': 'Andere Single-Page-Anwendung',
  'single-page application': 'Single-Page-Anwendung',
  'Another mobile or desktop application': 'Andere Mobil- oder Desktop-Anwendung',
  'mobile or desktop application': 'Mobil- oder Desktop-Anwendung',
  'How the app names itself. Left empty, it is chosen for you.':
    'Unter dieser ID meldet sich die App. Bleibt das Feld leer, wird eine gewählt.',
  'Where sign-ins return to. {kind}: {callbacks}.':
    'Rücksprungadressen nach der Anmeldung. {kind}: {callbacks}.',
  'Where sign-ins return to. {kind}: as a rule {callback}, with your address.':
    'Rücksprungadressen nach der Anmeldung. {kind}: in der Regel {callback}, mit Ihrer Adresse.',
  '{one} and {other}': '{one} und {other}',
  'Something else': 'Etwas anderes',
  'Kinds of app': 'Arten von Apps',
  'New app: {kind}': 'Neue App: {kind}',
  'Afterwards you get the lines that the app needs.': 'Danach erhalten Sie die Zeilen, die die App braucht.',
  'Create the app': 'App erstellen',
  'The second client {id} was not made: {why}': 'Der zweite Client {id} wurde nicht erstellt: {why}',
  'The redirect URI has characters that need quoting: the lines have an example in its place.':
    'Die Redirect-URI hat Zeichen, die maskiert werden müssten: In den Zeilen steht an ihrer Stelle ein Beispiel.',
  '{kind} sends {callbacks} as a rule, with its own address. This app is registered with {callback}.':
    '{kind} sendet in der Regel {callbacks}, mit der eigenen Adresse. Diese App ist mit {callback} registriert.',
  '{kind} sends {callbacks} as a rule. This app is registered with {callback}.':
    '{kind} sendet in der Regel {callbacks}. Diese App ist mit {callback} registriert.',
  '{name}, command line': '{name}, Kommandozeile',
  'The app was saved.': 'Die App wurde gespeichert.',
  'The redirect URI was added.': 'Die Redirect-URI wurde hinzugefügt.',
  'The app is disabled.': 'Die App ist deaktiviert.',
  'The app is enabled.': 'Die App ist aktiviert.',
  'The app was deleted.': 'Die App wurde gelöscht.',
  'The secret was deleted.': 'Das Geheimnis wurde gelöscht.',
  'Add a second secret?': 'Zweites Geheimnis hinzufügen?',
  'The first one stays valid until it is deleted.': 'Das erste bleibt gültig, bis es gelöscht wird.',
  'Add a secret': 'Geheimnis hinzufügen',
  'Disable {name}?': '{name} deaktivieren?',
  'Nobody can sign in to it, and it gets no tokens. Sessions of roles that it made end.':
    'Niemand kann sich bei ihr anmelden, und sie erhält keine Token. Rollensitzungen, die sie erstellt hat, enden.',
  'Enable {name}?': '{name} aktivieren?',
  'People can sign in to it again. Sessions of roles that ended stay ended.':
    'Man kann sich wieder bei ihr anmelden. Beendete Rollensitzungen bleiben beendet.',
  'Nobody can sign in to it, and its tokens and secrets end. This cannot be undone.':
    'Niemand kann sich bei ihr anmelden, und ihre Token und Geheimnisse werden ungültig. Das lässt sich nicht rückgängig machen.',
  'Delete the secret {secret} of {name}?': 'Das Geheimnis {secret} von {name} löschen?',
  'Whatever still uses it can no longer authenticate. The page of the app shows when it was last used.':
    'Was es noch verwendet, kann sich nicht mehr authentifizieren. Die Seite der App zeigt, wann es zuletzt verwendet wurde.',
  'Delete the secret': 'Geheimnis löschen',
  'It is registered now.': 'Sie ist inzwischen registriert.',
  'The app comes from the configuration file: add it there if it is the app’s.':
    'Die App stammt aus der Konfigurationsdatei: Fügen Sie die Redirect-URI dort hinzu, wenn sie zur App gehört.',
  'The app registered itself, and changes its redirect URIs itself.':
    'Die App hat sich selbst registriert und ändert ihre Redirect-URIs selbst.',
  'It cannot be registered: it {fault}.': 'Sie kann nicht registriert werden: Sie {fault}.',
  'Add a redirect URI?': 'Redirect-URI hinzufügen?',
  'Sign-ins to {app} could then also return to {uri}. It came {date} from {address}; anybody can send a request with any redirect URI. Add it only if it is your app’s.':
    'Nach einer Anmeldung bei {app} könnte dann auch zu {uri} zurückgeleitet werden. Diese URI kam am {date} von {address}; jeder kann eine Anfrage mit einer beliebigen Redirect-URI senden. Fügen Sie sie nur hinzu, wenn sie zu Ihrer App gehört.',
  'No registered redirect URI is at this address.':
    'Keine registrierte Redirect-URI liegt unter dieser Adresse.',
  'No registered redirect URI is at {host}.': 'Keine registrierte Redirect-URI liegt auf {host}.',
  Products: 'Produkte',
  'Web applications': 'Webanwendungen',
  Programs: 'Programme',
  '.NET, with ASP.NET Core': '.NET mit ASP.NET Core',
  'Express, with Passport': 'Express mit Passport',
  'Next.js and others, with Auth.js': 'Next.js und andere, mit Auth.js',
  'Single-page app': 'Single-Page-App',
  'Mobile app': 'Mobile App',
  'MCP client': 'MCP-Client',
  'Python script': 'Python-Skript',
  'What this console and the activity call it.': 'So heißt es in dieser Konsole und in der Aktivität.',
  'Program that signs nobody in': 'Programm ohne Anmeldung von Personen',
  'To get tokens': 'Angaben für Tokens',
  'Its next request for a token is refused.': 'Seine nächste Anfrage nach einem Token wird abgelehnt.',
  'Enabled|app': 'Aktiviert',
  'Disabled|app': 'Deaktiviert',
} as const
