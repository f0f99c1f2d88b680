// Answers of operations and of the policy engine in German. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Ihre Anmeldung liegt dafür zu lange zurück. Melden Sie sich in einem anderen Tab erneut an und senden Sie dieses Formular noch einmal. Es ging nichts verloren.',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'You may not do {action}: {decision}.': 'Sie dürfen {action} nicht: {decision}.',
  'denied because {layer} does not allow it': 'abgelehnt, denn {layer} erlaubt es nicht',
  'is required': 'ist erforderlich',
  'must not be empty': 'darf nicht leer sein',
  'must be at least {least}': 'muss mindestens {least} sein',
  'must be at most {most}': 'darf höchstens {most} sein',
  'must have at least one character': 'muss mindestens ein Zeichen haben',
  'must have at least {least} characters': 'muss mindestens {least} Zeichen haben',
  'must have at most {most} characters': 'darf höchstens {most} Zeichen haben',
  'must have at least one item': 'muss mindestens einen Eintrag haben',
  'must have at least {least} items': 'muss mindestens {least} Einträge haben',
  'must have at most one item': 'darf höchstens einen Eintrag haben',
  'must have at most {most} items': 'darf höchstens {most} Einträge haben',
  'must be one of {values}': 'muss einer dieser Werte sein: {values}',
  'must be a whole number': 'muss eine ganze Zahl sein',
  'must be a number': 'muss eine Zahl sein',
  'must be true or false': 'muss true oder false sein',
  'must be a string': 'muss ein Text sein',
  'must be an array': 'muss eine Liste sein',
  'must be an object': 'muss ein JSON-Objekt sein',
  'must be a record': 'muss ein JSON-Objekt sein',
  'must be an e-mail address': 'muss eine E-Mail-Adresse sein',
  'must be an instant as in RFC 3339': 'muss ein Zeitpunkt wie in RFC 3339 sein',
  'must be a URL': 'muss eine URL sein',
  'must be of the documented form': 'hat nicht die dokumentierte Form',
  'must be a host name or an address': 'muss ein Hostname oder eine Adresse sein',
  'must be one line without control characters': 'muss eine Zeile ohne Steuerzeichen sein',
  'must name groups that exist: there is no group `{name}` in this account':
    'nennt eine Gruppe, die es in diesem Konto nicht gibt: `{name}`',
  'is refused: {why}': 'abgelehnt: {why}',
  'It was changed since it was read: read it again and repeat the change with its new ETag.':
    'Inzwischen wurde es anderswo geändert. Laden Sie die Seite neu und nehmen Sie die Änderung noch einmal vor.',
  'Wrong password': 'Falsches Passwort',
  'Unknown name': 'Unbekannter Name',
  Disabled: 'Deaktiviert',
  'Password expired': 'Passwort abgelaufen',
  'Replaced or disabled meanwhile': 'Inzwischen ersetzt oder deaktiviert',
  'Wrong code': 'Falscher Code',
  'Gone or disabled': 'Entfernt oder deaktiviert',
  'Internal error': 'Interner Fehler',
  'No reason': 'Kein Grund',
  Unauthenticated: 'Nicht authentifiziert',
  'Missing credentials': 'Zugangsdaten fehlen',
  'Incomplete signature': 'Unvollständige Signatur',
  'Bad signature': 'Falsche Signatur',
  'Request expired': 'Anfrage abgelaufen',
  'Expired token': 'Abgelaufenes Token',
  Throttled: 'Zu viele Anfragen',
  'Insufficient scope': 'Scope reicht nicht',
  'Invalid scope': 'Ungültiger Scope',
  'Invalid target': 'Ungültiges Ziel',
  'Invalid parameter': 'Ungültiger Parameter',
  'Malformed policy': 'Fehlerhafte Richtlinie',
  'Packed policy too large': 'Richtlinien zu groß',
  'Too large': 'Zu groß',
  'Unsupported action': 'Nicht unterstützte Aktion',
  'Delete conflict': 'Kann nicht gelöscht werden',
  'Limit exceeded': 'Grenze überschritten',
  'Concurrent modification': 'Gleichzeitige Änderung',
  'Precondition failed': 'Inzwischen geändert',
  Unmodifiable: 'Nicht änderbar',
  'Invalid authentication code': 'Ungültiger Bestätigungscode',
  'Password policy violation': 'Passwort verletzt die Regeln',
  'Invalid identity token': 'Ungültiges Identitätstoken',
  'Idp rejected claim': 'Claim vom Anbieter abgelehnt',
  'Idp communication error': 'Anbieter nicht erreichbar',
  'Insufficient session lifetime': 'Sitzung endet zu früh',
  'Session duration escalation': 'Dauer über der Sitzung',
  'Feature enabled': 'Funktion bereits aktiviert',
  'Feature disabled': 'Funktion deaktiviert',
  'Token too large': 'Token zu groß',
  Unavailable: 'Nicht verfügbar',
  'Invalid client': 'Ungültiger Client',
  'Invalid grant': 'Ungültige Gewährung',
  'Invalid request': 'Ungültige Anfrage',
  'Invalid token': 'Ungültiges Token',
  'Unauthorized client': 'Nicht berechtigter Client',
  'Access denied': 'Zugriff verweigert',
  'Login required': 'Anmeldung erforderlich',
  'Consent required': 'Zustimmung erforderlich',
  'Interaction required': 'Eingabe erforderlich',
  'Server error': 'Serverfehler',
  'Temporarily unavailable': 'Vorübergehend nicht verfügbar',
  'Invalid redirect uri': 'Ungültige Redirect-URI',
  'Unsupported grant type': 'Nicht unterstützter Grant-Typ',
  'The mail server refused ({what}).': 'Der Mailserver lehnte ab ({what}).',
  'The mail server could not be used ({what}).': 'Der Mailserver war nicht benutzbar ({what}).',
  'The mail server could not be used ({what}): {why}': 'Der Mailserver war nicht benutzbar ({what}): {why}',
  'all that were made from sign-ins, tokens and access keys of this person':
    'alle aus Anmeldungen, Token und Zugriffsschlüsseln dieser Person',
  'all that were made from sign-ins and tokens of this person; access keys go on':
    'alle aus Anmeldungen und Token dieser Person; Zugriffsschlüssel gelten weiter',
  'all that were made from tokens of this browser session': 'alle aus Token dieser Browsersitzung',
  'all that were made from sign-ins or codes by these factors':
    'alle aus Anmeldungen oder Codes mit diesen Faktoren',
  'The name `{name}` is taken.': 'Der Name `{name}` ist bereits vergeben.',
  'There is no person `{name}` any more.': 'Die Person `{name}` gibt es nicht mehr.',
  'You cannot disable yourself: another administrator can.':
    'Sich selbst können Sie nicht deaktivieren: Das kann jemand anderes aus der Administration.',
  'You cannot delete yourself: another administrator can.':
    'Sich selbst können Sie nicht löschen: Das kann jemand anderes aus der Administration.',
  'Your own factors are removed on your account page, or by another administrator.':
    'Ihre eigenen Faktoren entfernen Sie auf Ihrer Kontoseite, oder jemand anderes aus der Administration entfernt sie.',
  '`mail` needs an e-mail address of the person.':
    'Zum Senden per E-Mail (`mail`) braucht die Person eine E-Mail-Adresse.',
  'The Access Key with id {id} cannot be found.': 'Es gibt keinen Zugriffsschlüssel mit der ID {id}.',
  'Cannot exceed quota for {quota}: {most}.': 'Kontingent für {quota} überschritten: höchstens {most}.',
  'must be 1 to {most} of {characters}': 'muss aus 1 bis {most} dieser Zeichen bestehen: {characters}',
  'must not be blank': 'darf nicht nur aus Leerzeichen bestehen',
  'is not a valid value of {name}': 'ist kein gültiger Wert für {name}',
  'must begin and end with /': 'muss mit / beginnen und enden',
  'must have at most {most} characters before the @': 'darf vor dem @ höchstens {most} Zeichen haben',
  'There is no `{name}` any more.': '`{name}` gibt es nicht mehr.',
  'There is no person `{name}` in account {account}.': 'Im Konto {account} gibt es keine Person `{name}`.',
  'There is no group `{name}` in account {account}.': 'Im Konto {account} gibt es keine Gruppe `{name}`.',
  'must name somebody': 'muss jemanden nennen',
  'must have at most {most} lines; these are {count}': 'darf höchstens {most} Zeilen haben; es sind {count}',
  'is required for an invitation': 'ist für eine Einladung erforderlich',
  'is another for the person who has this name': 'ist bei der Person dieses Namens anders',
  'must be an absolute URL': 'muss eine absolute URL sein',
  'must not hold spaces, backslashes or wildcards':
    'darf keine Leerzeichen, Backslashes oder Platzhalter enthalten',
  'must not name a user': 'darf keinen Benutzernamen enthalten',
  'must not have a fragment': 'darf kein Fragment haben',
  'must not use `{scheme}`': 'darf `{scheme}` nicht verwenden',
  'must be https unless it is loopback (or `allow_insecure_redirects` is set)':
    'muss https sein, außer auf demselben Gerät (oder mit `allow_insecure_redirects`)',
  'must be https, loopback http, or for native clients a scheme such as `com.example.app:`':
    'muss https sein, http auf demselben Gerät oder bei nativen Clients ein Schema wie `com.example.app:`',
  'must be an https URL': 'muss eine https-URL sein',
  'are needed for authorization_code': 'sind für authorization_code nötig',
  'are needed for `access: groups`, and of use with it alone':
    'sind für `access: groups` nötig und nur damit von Nutzen',
  'is set by the client itself, which registered it':
    'wird vom Client selbst festgelegt, der sich registriert hat',
  'The client id `{id}` is taken.': 'Die Client-ID `{id}` ist vergeben.',
  'There is no client `{id}` any more.': 'Den Client `{id}` gibt es nicht mehr.',
  'The client has no secret `{id}`.': 'Der Client hat kein Geheimnis `{id}`.',
  'A client has at most {count} secrets: remove one first.':
    'Ein Client hat höchstens {count} Geheimnisse: Löschen Sie zuerst eines.',
  'This is its only secret: add another one first.':
    'Das ist das einzige Geheimnis: Fügen Sie zuerst ein weiteres hinzu.',
  'This client is in the configuration file: change it there.':
    'Dieser Client steht in der Konfigurationsdatei: Ändern Sie ihn dort.',
  'A registered client renews its secret itself (RFC 7592).':
    'Ein registrierter Client erneuert sein Geheimnis selbst (RFC 7592).',
  'This client does not authenticate with a secret.':
    'Dieser Client authentifiziert sich nicht mit einem Geheimnis.',
  'There is no such app.': 'Diese App gibt es nicht.',
  'There is no refused sign-in of this app in that entry.':
    'Dieser Eintrag ist keine abgelehnte Anmeldung dieser App.',
  'There is no such user, or the user is disabled.': 'Diese Person gibt es nicht, oder sie ist deaktiviert.',
  'There is no client `{id}` in account {account}.': 'Einen Client `{id}` gibt es im Konto {account} nicht.',
  'scope {scope}': 'Scope {scope}',
  'from {attribute}': 'aus {attribute}',
  'template {template}': 'Vorlage {template}',
  constant: 'fester Wert',
  'an example': 'ein Beispiel',
  'Mail is not configured.': 'E-Mail ist nicht eingerichtet.',
  '{count} test messages were sent in the last hour.':
    'In der letzten Stunde wurden {count} Testnachrichten gesendet.',
  'The message goes to your own e-mail address, and you have none: add it to your profile, or give one with `to`.':
    'Die Nachricht geht an Ihre eigene E-Mail-Adresse, und Sie haben keine: Ergänzen Sie sie in Ihrem Profil, oder geben Sie eine mit `to` an.',
  '`{address}` is not an e-mail address.': '`{address}` ist keine E-Mail-Adresse.',
  'Mail is set in the configuration file: change it there, or remove `mail:` from it and reload, to set it here.':
    'E-Mail ist in der Konfigurationsdatei festgelegt: Ändern Sie sie dort, oder entfernen Sie dort `mail:` und laden Sie sie neu, um sie hier festzulegen.',
  'Check the spelling of the host: this server finds no address of that name.':
    'Prüfen Sie die Schreibweise des Hosts: Dieser Server findet keine Adresse zu diesem Namen.',
  'Name a host with a public address and encryption, or have the operator list the host in CHANCERY_OUTBOUND_ALLOW.':
    'Nennen Sie einen Host mit öffentlicher Adresse und Verschlüsselung, oder lassen Sie ihn vom Betreiber in CHANCERY_OUTBOUND_ALLOW eintragen.',
  'Check host and port, and that a firewall lets this server connect there: 587 is usual for STARTTLS, 465 for TLS.':
    'Prüfen Sie Host und Port, und ob eine Firewall diesen Server dorthin verbinden lässt: Üblich sind 587 für STARTTLS und 465 für TLS.',
  'Name the host by the name that is in its certificate, or have the operator trust its authority with NODE_EXTRA_CA_CERTS.':
    'Nennen Sie den Host mit dem Namen aus seinem Zertifikat, oder lassen Sie den Betreiber mit NODE_EXTRA_CA_CERTS seiner Zertifizierungsstelle vertrauen.',
  'Choose the encryption that this port has: usually STARTTLS on 587, TLS on 465, none on 25.':
    'Wählen Sie die Verschlüsselung, die dieser Port hat: meist STARTTLS auf 587, TLS auf 465, keine auf 25.',
  'Check user and password: many services want a password made for applications, or the whole address as the user.':
    'Prüfen Sie Benutzer und Passwort: Viele Dienste verlangen ein Passwort für Anwendungen oder die ganze Adresse als Benutzer.',
  'Use a sender (`from`, and the address for bounces) that this server may send from.':
    'Verwenden Sie einen Absender (`from` und die Adresse für Unzustellbares), für den dieser Server senden darf.',
  'The server takes no mail for this address: try another one, and check that it may relay mail.':
    'Der Server nimmt für diese Adresse keine E-Mails an: Versuchen Sie eine andere, und prüfen Sie, ob er E-Mails weiterleiten darf.',
  'The server did not take the message itself: its answer says why.':
    'Der Server hat die Nachricht selbst nicht angenommen: Seine Antwort nennt den Grund.',
  'Compare the settings with what the mail service asks for.':
    'Vergleichen Sie die Einstellungen mit dem, was der Maildienst verlangt.',
  'the mail server could not be used ({what}): {why}': 'der Mailserver war nicht nutzbar ({what}): {why}',
  'the mail server could not be used ({what})': 'der Mailserver war nicht nutzbar ({what})',
  'the mail server refused ({what})': 'der Mailserver hat abgelehnt ({what})',
  'no result within {seconds} s': 'kein Ergebnis innerhalb von {seconds} s',
  'must be `address@host` or `Name <address@host>`':
    'muss die Form `address@host` oder `Name <address@host>` haben',
  'must be given again when host, port or user change, or the encryption is given up: it is sent only where it was set for':
    'muss erneut angegeben werden, wenn sich Host, Port oder Benutzer ändern oder die Verschlüsselung entfällt: Es wird nur dorthin gesendet, wofür es festgelegt wurde',
  'user and password must be set together': 'Benutzer und Passwort müssen zusammen angegeben werden',
  'a password would be sent unencrypted: use starttls or tls':
    'ein Passwort würde unverschlüsselt gesendet: Verwenden Sie starttls oder tls',
  'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW':
    'muss öffentliche Adressen haben oder in CHANCERY_OUTBOUND_ALLOW stehen',
  'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW':
    'darf nur für Hosts in CHANCERY_OUTBOUND_ALLOW `none` sein',
  'must be a domain in lower case': 'muss eine Domain in Kleinbuchstaben sein',
  'must be a colour such as #0b6bcb': 'muss eine Farbe wie #0b6bcb sein',
  'has a contrast of {ratio} with its text, and 4.5:1 is needed: the nearest colour that has it is {colour}':
    'hat mit ihrem Text einen Kontrast von {ratio}, nötig sind 4.5:1: Die nächste Farbe, die ihn hat, ist {colour}',
  'must not contain line breaks, control characters or characters that change the direction of text':
    'darf keine Zeilenumbrüche, Steuerzeichen oder Zeichen enthalten, die die Schreibrichtung ändern',
  'has {count} characters: at most {most} are accepted': 'hat {count} Zeichen: Höchstens {most} sind erlaubt',
  'must contain a letter, a number or a symbol':
    'muss einen Buchstaben, eine Ziffer oder ein Symbol enthalten',
  'must not contain invisible characters beside none that they join':
    'darf keine unsichtbaren Zeichen enthalten, die nichts verbinden',
  'has more than three marks on one letter': 'hat mehr als drei Zusatzzeichen auf einem Buchstaben',
  'has {bytes} bytes: at most {most} are accepted': 'hat {bytes} Byte: Höchstens {most} sind erlaubt',
  'is SVG, which may hold scripts: convert it to PNG or WebP':
    'ist SVG und kann Skripte enthalten: Wandeln Sie es in PNG oder WebP um',
  'must be a PNG, JPEG or WebP image': 'muss ein PNG-, JPEG- oder WebP-Bild sein',
  'is {width} × {height} pixels: at most {mostWidth} × {mostHeight} are accepted':
    'hat {width} × {height} Pixel: Höchstens {mostWidth} × {mostHeight} sind erlaubt',
  'is {width} × {height} pixels: at least {leastWidth} × {leastHeight} are needed':
    'hat {width} × {height} Pixel: Mindestens {leastWidth} × {leastHeight} sind nötig',
  'is not a valid {format} image': 'ist kein gültiges {format}-Bild',
  'is not a JPEG image that browsers draw': 'ist kein JPEG-Bild, das Browser anzeigen',
  'has something behind the image': 'enthält nach dem Bild noch etwas',
  'holds no picture': 'enthält kein Bild',
  'is cut off': 'ist abgeschnitten',
  'must not be animated': 'darf nicht animiert sein',
  'is damaged: a checksum is wrong': 'ist beschädigt: Eine Prüfsumme ist falsch',
  'is damaged or cut off': 'ist beschädigt oder abgeschnitten',
  'holds more than its width and height say': 'enthält mehr, als Breite und Höhe angeben',
  'This preview was changed in another window or is over: look at it again.':
    'Diese Vorschau wurde in einem anderen Fenster geändert oder ist abgelaufen: Sehen Sie sie noch einmal an.',
  'The next key was published too recently: it can sign from {time} on, when every verifier knows it.':
    'Der nächste Schlüssel wurde erst vor Kurzem veröffentlicht: Er kann ab {time} signieren, wenn alle Prüfenden ihn kennen.',
  'The keys of use `{use}` are not replaced: {why}.':
    'Die Schlüssel für `{use}` werden nicht ersetzt: {why}.',
  'every ID token, access token and role session that was issued until now; services learn it within seconds':
    'alle bisher ausgestellten ID-Token, Zugriffstoken und Rollensitzungen; Dienste erfahren es innerhalb von Sekunden',
  'every role session that was issued until now: its secret access key is no longer accepted':
    'alle bisher ausgestellten Rollensitzungen: Ihr geheimer Zugriffsschlüssel wird nicht mehr akzeptiert',
  'sign-ins in progress at an identity provider, and cursors of lists':
    'laufende Anmeldungen bei einem Identitätsanbieter und Cursor von Listen',
  'every browser session: everybody signs in again': 'alle Browsersitzungen: Alle müssen sich neu anmelden',
  'nothing: audit keys are never removed, because the trail is verified with them':
    'nichts: Audit-Schlüssel werden nie entfernt, weil mit ihnen das Protokoll geprüft wird',
  'every token that was issued for other services (GetWebIdentityToken)':
    'alle Token, die für andere Dienste ausgestellt wurden (GetWebIdentityToken)',
  'the private key must be the one that belongs to the certificate':
    'der private Schlüssel muss der zum Zertifikat sein',
  'the private key must be an unencrypted private key in PEM':
    'der private Schlüssel muss ein unverschlüsselter Schlüssel in PEM sein',
  'the certificate must be a single X.509 certificate in PEM':
    'das Zertifikat muss ein einzelnes X.509-Zertifikat in PEM sein',
  'the certificate chain must be PEM certificates and nothing else':
    'die Zertifikatskette darf nur aus PEM-Zertifikaten bestehen',
  'The Server Certificate with name {name} already exists.':
    'Ein Serverzertifikat namens {name} gibt es bereits.',
  'The Server Certificate with name {name} cannot be found.':
    'Ein Serverzertifikat namens {name} gibt es nicht.',
  'the host `{host}` was not found': 'der Host `{host}` wurde nicht gefunden',
  '`{host}` did not answer in time': '`{host}` hat nicht rechtzeitig geantwortet',
  '`{host}` could not be reached: {why}': '`{host}` ist nicht erreichbar: {why}',
  '`{host}` does not resolve: {why}': '`{host}` hat keine Adresse: {why}',
  '`{host}` would be reached without encryption, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` würde ohne Verschlüsselung erreicht und steht nicht in CHANCERY_OUTBOUND_ALLOW',
  '`{host}` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` hat eine Adresse, die nicht öffentlich ist, und steht nicht in CHANCERY_OUTBOUND_ALLOW',
  Workflow: 'Workflow',
  'Job in .gitlab-ci.yml': 'Job in .gitlab-ci.yml',
  'Job in .circleci/config.yml': 'Job in .circleci/config.yml',
  'Step of the pipeline': 'Schritt der Pipeline',
  Pod: 'Pod',
  'Commands on the machine': 'Befehle auf dem Rechner',
  'Commands beside the SPIRE agent': 'Befehle neben dem SPIRE-Agenten',
  'GitLab CI, GitLab.com and self-managed': 'GitLab CI, GitLab.com und selbst betrieben',
  'Kubernetes service accounts': 'Kubernetes-Dienstkonten',
  'Google service accounts and metadata identity tokens':
    'Google-Dienstkonten und Identitätstoken des Metadatenservers',
  'Microsoft Entra managed identities and applications (v2.0 tokens)':
    'Verwaltete Identitäten und Anwendungen in Microsoft Entra (Token v2.0)',
  'https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'https://token.actions.githubusercontent.com, mit /ENTERPRISE dahinter, wo das gewählt wurde, oder https://HOST/_services/token eines Enterprise Servers',
  'https://gitlab.com, or the URL of your GitLab': 'https://gitlab.com oder die URL Ihres GitLab',
  'the cluster’s --service-account-issuer': '--service-account-issuer des Clusters',
  'spiffe:// and the trust domain, or what SPIRE’s jwt_issuer says':
    'spiffe:// und die Vertrauensdomäne oder der Wert von jwt_issuer in SPIRE',
  '`spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    '`spiffe://` und die Vertrauensdomäne oder der Wert von `jwt_issuer` in SPIRE',
  Owner: 'Eigentümer',
  Repository: 'Repository',
  'Owner id': 'Nummer des Eigentümers',
  'Repository id': 'Nummer des Repositorys',
  Branch: 'Branch',
  Tag: 'Tag',
  Environment: 'Umgebung',
  'Issuer URL': 'Aussteller-URL',
  Project: 'Projekt',
  'Project id': 'Nummer des Projekts',
  'Organization id': 'ID der Organisation',
  Organization: 'Organisation',
  Pipeline: 'Pipeline',
  Namespace: 'Namespace',
  'Service account': 'Dienstkonto',
  'Service account uid': 'UID des Dienstkontos',
  'Unique id': 'Eindeutige ID',
  Email: 'E-Mail-Adresse',
  'Tenant id': 'Mandanten-ID',
  'Object id': 'Objekt-ID',
  'Client id': 'Client-ID',
  'Trust domain': 'Vertrauensdomäne',
  Path: 'Pfad',
  'User or organization.': 'Benutzer oder Organisation.',
  'Its name without the owner.': 'Der Name ohne den Eigentümer.',
  'The owner’s number, in tokens of repositories made or renamed since July 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.':
    'Die Nummer des Eigentümers in Token von Repositorys, die seit Juli 2026 erstellt oder umbenannt wurden: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.',
  'The repository’s number, given together with that of the owner: `gh api repos/OWNER/REPOSITORY --jq .id`.':
    'Die Nummer des Repositorys, zusammen mit der des Eigentümers: `gh api repos/OWNER/REPOSITORY --jq .id`.',
  'Jobs on this branch.': 'Jobs auf diesem Branch.',
  'Jobs on this tag.': 'Jobs auf diesem Tag.',
  'Jobs of this deployment environment.': 'Jobs dieser Deployment-Umgebung.',
  'The issuer of an enterprise or an Enterprise Server.':
    'Der Aussteller eines Enterprise oder Enterprise Servers.',
  'GROUP/PROJECT.': 'GROUP/PROJECT.',
  'Its number, which stays when it is renamed.': 'Die Nummer, die beim Umbenennen gleich bleibt.',
  'Jobs on this protected branch.': 'Jobs auf diesem geschützten Branch.',
  'Jobs on this protected tag.': 'Jobs auf diesem geschützten Tag.',
  'The URL of your GitLab.': 'Die URL Ihres GitLab.',
  'Its slug.': 'Der Slug.',
  'Builds of this branch.': 'Builds dieses Branches.',
  'The issuer, `kubectl get --raw /.well-known/openid-configuration`.':
    'Der Aussteller, `kubectl get --raw /.well-known/openid-configuration`.',
  'Of the service account.': 'Des Dienstkontos.',
  'Its name.': 'Der Name.',
  'Its uid, which does not come back when it is made again.':
    'Die UID, die nicht wiederkehrt, wenn es neu erstellt wird.',
  'Its address as well, NAME@PROJECT.iam.gserviceaccount.com.':
    'Dazu die Adresse, NAME@PROJECT.iam.gserviceaccount.com.',
  'Directory (tenant) id.': 'Verzeichnis-ID (Mandant).',
  'Of the managed identity or service principal.': 'Der verwalteten Identität oder des Dienstprinzipals.',
  'Application (client) id of the app registration that tokens are asked for.':
    'Anwendungs-ID (Client) der App-Registrierung, für die Token angefordert werden.',
  'Application (client) id of the identity itself, the `azp` of its tokens.':
    'Anwendungs-ID (Client) der Identität selbst, der `azp` ihrer Token.',
  'The issuer: `spiffe://` and the trust domain, or `jwt_issuer` of the SPIRE server.':
    'Der Aussteller: `spiffe://` und die Vertrauensdomäne oder `jwt_issuer` des SPIRE-Servers.',
  'Without spiffe://.': 'Ohne spiffe://.',
  'Of the workload, such as ns/web/sa/api.': 'Des Workloads, etwa ns/web/sa/api.',
  'must be 1 to 64 of `A-Z a-z 0-9 + = , . @ _ -`':
    'muss aus 1 bis 64 der Zeichen `A-Z a-z 0-9 + = , . @ _ -` bestehen',
  'must not hold quotes, `$` or wildcards':
    'darf keine Anführungszeichen, kein `$` und keine Platzhalter enthalten',
  'must not hold a colon': 'darf keinen Doppelpunkt enthalten',
  'must be the name of a person or role, with its path if it has one':
    'muss der Name einer Person oder Rolle sein, mit ihrem Pfad, falls sie einen hat',
  'Give exactly one of branch, tag, environment.': 'Geben Sie genau eines an: Branch, Tag oder Umgebung.',
  'Give exactly one of branch, tag.': 'Geben Sie genau eines an: Branch oder Tag.',
  'Owner id and repository id must be given together.':
    'Die Nummern von Eigentümer und Repository müssen zusammen angegeben werden.',
  'Choose where the workload runs.': 'Wählen Sie, wo der Workload läuft.',
  'Role with name {name} already exists.': 'Eine Rolle namens {name} gibt es bereits.',
  'The role with name {name} cannot be found.': 'Die Rolle {name} gibt es nicht.',
  'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-.':
    'Der Name der Rolle ist ungültig. Erlaubt sind nur Buchstaben, Ziffern und +=,.@_-',
  'Cannot delete entity, must detach all policies first.':
    'Kann nicht gelöscht werden: Lösen Sie zuerst alle Richtlinien.',
  'Cannot delete entity, must delete policies first.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst die Inline-Richtlinien.',
  'Cannot delete entity, must remove roles from instance profile first.':
    'Kann nicht gelöscht werden: Entfernen Sie die Rolle zuerst aus dem Instanzprofil.',
  'The trust policy of a role for the shared identity provider {issuer} must test {keys} by StringEquals, StringLike or StringEqualsIgnoreCase, with a value that is not only wildcards.':
    'Die Vertrauensrichtlinie einer Rolle für den gemeinsam genutzten Anbieter {issuer} muss {keys} mit StringEquals, StringLike oder StringEqualsIgnoreCase prüfen, mit einem Wert, der nicht nur aus Platzhaltern besteht.',
  'Invalid principal in policy: "AWS":"{principal}".':
    'Ungültiger Prinzipal in der Richtlinie: "AWS":"{principal}".',
  'a JWT of {issuer}, {algorithm}': 'ein JWT von {issuer}, {algorithm}',
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)':
    'Das Token ist kein gültiges JWT. (Dieser Fehler erscheint auch bei einem Zugriffstoken)',
  'account {account} has no provider `{issuer}`; its URL must be exactly this text':
    'das Konto {account} hat keinen Anbieter `{issuer}`; seine URL muss genau so lauten',
  'registered as {arn}': 'registriert als {arn}',
  'the subject is `{subject}`': 'das Subject ist `{subject}`',
  'the token is bound to a key, so it is not a bearer token':
    'das Token ist an einen Schlüssel gebunden und damit kein Bearer-Token',
  'Missing a required claim: {claim}: it is undefined; the provider accepts {accepted}':
    'Ein erforderlicher Claim fehlt: {claim}; der Anbieter akzeptiert {accepted}',
  'Missing a required claim: {claim}': 'Ein erforderlicher Claim fehlt: {claim}',
  'it expires in {seconds} s': 'es läuft in {seconds} s ab',
  'Token expired: current date/time {now} must be before the expiration date/time {end}':
    'Das Token ist abgelaufen: Die aktuelle Zeit {now} muss vor der Ablaufzeit {end} liegen',
  'the token was issued in the future': 'das Token wurde in der Zukunft ausgestellt',
  'the token is not valid yet': 'das Token ist noch nicht gültig',
  'the token expires before it was issued': 'das Token läuft ab, bevor es ausgestellt wurde',
  'the token lives too long': 'das Token ist zu lange gültig',
  '`{claim}` is not a time': '`{claim}` ist keine Zeitangabe',
  '`aud` is not a string or a list of strings: it is {seen}; the provider accepts {accepted}':
    '`aud` ist weder ein Text noch eine Liste von Texten: {seen}; der Anbieter akzeptiert {accepted}',
  'Incorrect token audience: a token with several `aud` must have an `azp`: it is {seen}; the provider accepts {accepted}':
    'Falsche Audience des Tokens: Ein Token mit mehreren `aud` muss einen `azp` haben; sie ist {seen}, der Anbieter akzeptiert {accepted}',
  'Incorrect token audience: `azp` is {seen}; the provider accepts {accepted}':
    'Falsche Audience des Tokens: `azp` ist {seen}; der Anbieter akzeptiert {accepted}',
  'Incorrect token audience: it is {seen}; the provider accepts {accepted}':
    'Falsche Audience des Tokens: Sie ist {seen}; der Anbieter akzeptiert {accepted}',
  "`{audience}` is one of the provider's": '`{audience}` gehört zu denen des Anbieters',
  'by a key of the issuer (discovery)': 'mit einem Schlüssel des Ausstellers (aus seinen Metadaten)',
  'by a key of the issuer (url)': 'mit einem Schlüssel des Ausstellers (von einer URL)',
  'by a key of the issuer (upload)': 'mit einem Schlüssel des Ausstellers (hochgeladen)',
  'the token is not signed by a key of its issuer':
    'das Token ist mit keinem Schlüssel seines Ausstellers signiert',
  '`sub` is not a SPIFFE ID': '`sub` ist keine SPIFFE-ID',
  '`sub` is a SPIFFE ID of another trust domain': '`sub` ist eine SPIFFE-ID einer anderen Vertrauensdomäne',
  'the keys cannot be fetched: {why}': 'die Schlüssel können nicht abgerufen werden: {why}',
  'this provider’s tokens may be used again': 'Token dieses Anbieters dürfen mehrmals verwendet werden',
  'not used before': 'bisher nicht verwendet',
  'the token was used before': 'das Token wurde bereits verwendet',
  'arn:aws:iam::{role} trusts it': 'arn:aws:iam::{role} vertraut ihm',
  'arn:aws:iam::{provider} is disabled': 'arn:aws:iam::{provider} ist deaktiviert',
  'the claim `{claim}` is not acceptable: {why}': 'der Claim `{claim}` ist nicht annehmbar: {why}',
  'The claim `{claim}` of the token does not name this role':
    'Der Claim `{claim}` des Tokens nennt diese Rolle nicht',
  'the claims of this issuer would read as condition keys of AWS':
    'die Claims dieses Ausstellers würden als Bedingungsschlüssel von AWS gelesen',
  'two claims of the token read as `{key}`': 'zwei Claims des Tokens ergeben `{key}`',
  'the token has more than {count} claims': 'das Token hat mehr als {count} Claims',
  '{action}: the conditions of the trust policy do not hold: {conditions}':
    '{action}: Die Bedingungen der Vertrauensrichtlinie sind nicht erfüllt: {conditions}',
  '{action}: no statement of the trust policy is for this principal and action':
    '{action}: Keine Anweisung der Vertrauensrichtlinie gilt für diesen Prinzipal und diese Aktion',
  '{action}: {statements} of the trust policy denies it':
    '{action}: {statements} der Vertrauensrichtlinie verbietet es',
  '{condition}; statement {statement}: {others}': '{condition}; Anweisung {statement}: {others}',
  'statement {statement} of {document} (line {line}): {condition}':
    'Anweisung {statement} von {document} (Zeile {line}): {condition}',
  'statement {statement}: {condition}': 'Anweisung {statement}: {condition}',
  '{operator} of `{key}` with {wanted}; the request does not have it':
    '{operator} von `{key}` mit {wanted}; die Anfrage hat diesen Schlüssel nicht',
  '{operator} of `{key}` with {wanted}; it is {seen}, a list: write `{written}`':
    '{operator} von `{key}` mit {wanted}; der Wert ist {seen}, eine Liste: Schreiben Sie `{written}`',
  '{operator} of `{key}` with {wanted}; it is {seen}, which differs in upper and lower case only':
    '{operator} von `{key}` mit {wanted}; der Wert ist {seen} und unterscheidet sich nur in der Groß- und Kleinschreibung',
  '{operator} of `{key}` with {wanted}; it is {seen}':
    '{operator} von `{key}` mit {wanted}; der Wert ist {seen}',
  '`{one}` or `{two}` or `{three}` or one of {count} more':
    '`{one}`, `{two}`, `{three}` oder einem von {count} weiteren',
  '`{one}` or `{two}` or `{three}`': '`{one}`, `{two}` oder `{three}`',
  '`{one}` or `{two}`': '`{one}` oder `{two}`',
  'must be https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'muss https://token.actions.githubusercontent.com sein, mit /ENTERPRISE dahinter, wo das gewählt wurde, oder https://HOST/_services/token eines Enterprise Servers',
  'must be https://gitlab.com, or the URL of your GitLab':
    'muss https://gitlab.com oder die URL Ihres GitLab sein',
  'must be the cluster’s service account issuer': 'muss der Dienstkonto-Aussteller des Clusters sein',
  'must be `spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    'muss `spiffe://` und die Vertrauensdomäne oder der Wert von `jwt_issuer` in SPIRE sein',
  'Url must be https://{address}.': 'Die Aussteller-URL muss https://{address} sein.',
  'An action has the form `service:Action`, without wildcards.':
    'Eine Aktion hat die Form `service:Action`, ohne Platzhalter.',
  'A resource has no more than 2048 characters.': 'Eine Ressource hat höchstens 2048 Zeichen.',
  '`{line}` is not a condition key: write key=value, for instance {example}.':
    '`{line}` ist kein Bedingungsschlüssel: Schreiben Sie Schlüssel=Wert, zum Beispiel {example}.',
  'Name a policy.': 'Nennen Sie eine Richtlinie.',
  'Choose a person, a group or a role.': 'Wählen Sie eine Person, eine Gruppe oder eine Rolle.',
  'Choose whether to attach or to detach.': 'Wählen Sie, ob angehängt oder gelöst werden soll.',
  'The user with name {name} cannot be found.': 'Die Person {name} gibt es nicht.',
  'The group with name {name} cannot be found.': 'Die Gruppe {name} gibt es nicht.',
  'Policy {arn} was not found.': 'Die Richtlinie {arn} gibt es nicht.',
  'Policy {arn} does not exist or is not attachable.':
    'Die Richtlinie {arn} gibt es nicht, oder sie kann nicht angehängt werden.',
  'A policy called {name} already exists. Duplicate names are not allowed.':
    'Eine Richtlinie namens {name} gibt es bereits. Namen dürfen nicht doppelt vorkommen.',
  'Cannot delete a policy attached to entities.':
    'Eine Richtlinie, die angehängt ist, kann nicht gelöscht werden.',
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.":
    'Diese Richtlinie hat mehrere Versionen. Löschen Sie zuerst die anderen Versionen; die gültige wird mit der Richtlinie gelöscht.',
  'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.':
    'Eine Richtlinie kann bis zu 5 Versionen haben. Löschen Sie eine, bevor Sie eine neue anlegen.',
  'Cannot perform the operation on an AWS managed policy.':
    'Mitgelieferte Richtlinien können nicht geändert werden.',
  'The person who asked no longer exists, or is disabled.':
    'Die Person, die angefragt hat, gibt es nicht mehr, oder sie ist deaktiviert.',
  'The role that was asked for no longer exists.': 'Die angefragte Rolle gibt es nicht mehr.',
  'There is no access request `{id}`.': 'Es gibt keine Zugriffsanfrage `{id}`.',
  'The request is open: it was decided or withdrawn meanwhile.':
    'Die Anfrage ist offen: Inzwischen hat sich ihr Stand geändert.',
  'The request is approved: it was decided or withdrawn meanwhile.':
    'Die Anfrage ist genehmigt: Inzwischen wurde entschieden.',
  'The request is refused: it was decided or withdrawn meanwhile.':
    'Die Anfrage ist abgelehnt: Inzwischen wurde entschieden.',
  'The request is withdrawn: it was decided or withdrawn meanwhile.':
    'Die Anfrage wurde inzwischen zurückgezogen.',
  'The request is ended: it was decided or withdrawn meanwhile.': 'Die Anfrage ist inzwischen beendet.',
  'Somebody else must approve your own request.': 'Ihre eigene Anfrage muss jemand anderes genehmigen.',
  'Nobody can ask for the role `{role}` any more: its tag `{tag}` was removed.':
    'Die Rolle `{role}` kann nicht mehr angefragt werden: Ihr Tag `{tag}` wurde entfernt.',
  '`{field}` is empty': '`{field}` ist leer',
  '`{field}` has more than {most} characters': '`{field}` hat mehr als {most} Zeichen',
  '`{field}` has characters that cannot be shown': '`{field}` hat Zeichen, die nicht angezeigt werden können',
  'access lasts 15 minutes to 30 days': 'Zugriff gilt 15 Minuten bis 30 Tage',
  'Provides full access to all services and resources.': 'Voller Zugriff auf alle Dienste und Ressourcen.',
  'Provides full access to database services and to what runs them.':
    'Voller Zugriff auf Datenbankdienste und auf das, worauf sie laufen.',
  'Provides full access to create and change APIs.': 'Voller Zugriff, um APIs anzulegen und zu ändern.',
  'Provides full access to call APIs.': 'Voller Zugriff, um APIs aufzurufen.',
  'Provides full access to {what}.': 'Voller Zugriff auf {what}.',
  'Provides read-only access to {what}.': 'Nur Lesezugriff auf {what}.',
  'Provides read access to when services were last used.':
    'Lesezugriff darauf, wann Dienste zuletzt verwendet wurden.',
  'Provides read and write access to secrets.': 'Lese- und Schreibzugriff auf Geheimnisse.',
  'Provides access to AWS KMS without deleting keys or changing who may use them.':
    'Zugriff auf AWS KMS, ohne Schlüssel zu löschen oder zu ändern, wer sie verwenden darf.',
  'Provides access to services that analyse data.': 'Zugriff auf Dienste, die Daten auswerten.',
  'Provides access to the services that applications and machines need, not to users and policies.':
    'Zugriff auf die Dienste, die Anwendungen und Maschinen brauchen, nicht auf Benutzer und Richtlinien.',
  'Lets APIs write logs.': 'Lässt APIs Logs schreiben.',
  'Lets AWS CodeDeploy replace machines and functions behind load balancers.':
    'Lässt AWS CodeDeploy Maschinen und Funktionen hinter Load Balancern austauschen.',
  'Lets AWS Config read the configuration of resources.':
    'Lässt AWS Config die Konfiguration von Ressourcen lesen.',
  'Lets AWS Glue run crawlers and jobs.': 'Lässt AWS Glue Crawler und Jobs ausführen.',
  'Lets a Kubernetes control plane manage the resources of its cluster.':
    'Lässt die Kubernetes-Steuerungsebene die Ressourcen ihres Clusters verwalten.',
  'Lets a daemon write traces.': 'Lässt einen Daemon Traces schreiben.',
  'Lets a function read DynamoDB streams and write logs.':
    'Lässt eine Funktion DynamoDB-Streams lesen und Logs schreiben.',
  'Lets a function read Kinesis streams and write logs.':
    'Lässt eine Funktion Kinesis-Streams lesen und Logs schreiben.',
  'Lets a function receive messages of a queue and write logs.':
    'Lässt eine Funktion Nachrichten einer Warteschlange empfangen und Logs schreiben.',
  'Lets a function run in a VPC and write logs.':
    'Lässt eine Funktion in einer VPC laufen und Logs schreiben.',
  'Lets a function write logs.': 'Lässt eine Funktion Logs schreiben.',
  'Lets a machine be managed by AWS Systems Manager.':
    'Lässt eine Maschine von AWS Systems Manager verwalten.',
  'Lets a machine run tasks of Amazon ECS.': 'Lässt eine Maschine Aufgaben von Amazon ECS ausführen.',
  'Lets a task pull its image and write logs.': 'Lässt eine Aufgabe ihr Image laden und Logs schreiben.',
  'Lets auditors read the configuration of security: names and settings, no contents.':
    'Lässt Prüfer die Sicherheitskonfiguration lesen: Namen und Einstellungen, keine Inhalte.',
  'Lets databases write their measurements to logs.': 'Lässt Datenbanken ihre Messwerte in Logs schreiben.',
  'Lets nodes join a Kubernetes cluster.': 'Lässt Knoten einem Kubernetes-Cluster beitreten.',
  'Lets nodes manage the addresses of their network interfaces.':
    'Lässt Knoten die Adressen ihrer Netzwerkschnittstellen verwalten.',
  'Lets people list what there is, without reading its contents.':
    'Lässt Personen auflisten, was es gibt, ohne Inhalte zu lesen.',
  'Lets people read and manage bills, budgets and payment.':
    'Lässt Personen Rechnungen, Budgets und Zahlungen lesen und verwalten.',
  'Lets people work on support cases and look at what they concern.':
    'Lässt Personen Supportfälle bearbeiten und ansehen, worum es geht.',
  'Lets the agent on a machine write metrics and logs.':
    'Lässt den Agenten einer Maschine Metriken und Logs schreiben.',
  'Lets the storage driver of a Kubernetes cluster manage volumes.':
    'Lässt den Speichertreiber eines Kubernetes-Clusters Volumes verwalten.',
  'Lets users manage their own SSH public keys.':
    'Lässt Benutzer ihre eigenen öffentlichen SSH-Schlüssel verwalten.',
  'Lets users manage their own service-specific credentials.':
    'Lässt Benutzer ihre eigenen dienstspezifischen Zugangsdaten verwalten.',
  'buckets and objects': 'Buckets und Objekte',
  'container registries': 'Container-Registrys',
  'load balancers': 'Load Balancer',
  'network services': 'Netzwerkdienste',
  'Provides full access to certificates.': 'Voller Zugriff auf Zertifikate.',
  'Provides read-only access to certificates.': 'Nur Lesezugriff auf Zertifikate.',
  'Provides full access to IAM: users, roles, policies, keys and providers.':
    'Voller Zugriff auf IAM: Benutzer, Rollen, Richtlinien, Schlüssel und Anbieter.',
  'Provides read only access to IAM.': 'Nur Lesezugriff auf IAM.',
  'Provides the ability for an IAM user to change their own password.':
    'Lässt Benutzer ihr eigenes Passwort ändern.',
  'Provides full access to services and resources, but does not allow management of users and groups.':
    'Voller Zugriff auf Dienste und Ressourcen, aber ohne Verwaltung von Benutzern und Gruppen.',
  'Provides read-only access to services and resources.': 'Nur Lesezugriff auf Dienste und Ressourcen.',
} as const
