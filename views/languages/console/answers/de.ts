// Answers of operations and of the policy engine in German. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'Ihre Anmeldung liegt dafür zu lange zurück. Melden Sie sich in einem anderen Tab erneut an und senden Sie dieses Formular noch einmal. Es ging nichts verloren.',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'You may not do {action}: {decision}.': 'Sie dürfen {action} nicht: {decision}.',
  'denied because {layer} does not allow it': 'verweigert, denn {layer} erlaubt es nicht',
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
  'must name groups that you may read (chancery:GetGroup): there is none of the name `{name}`':
    'nennt keine Gruppe, die Sie lesen dürfen (chancery:GetGroup): `{name}`',
  'must name groups that exist: there is no group `{name}` in this account':
    'nennt eine Gruppe, die es in diesem Konto nicht gibt: `{name}`',
  'is refused: {why}': 'abgelehnt: {why}',
  'Somebody changed it since this form was opened: open it anew, then make your change again.':
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
  'Invalid grant': 'Ungültiger Grant',
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
  'The mail server could not be used ({what}).': 'Der Mailserver konnte nicht verwendet werden ({what}).',
  'The mail server could not be used ({what}): {why}':
    'Der Mailserver konnte nicht verwendet werden ({what}): {why}',
  'all that were made from sign-ins, tokens and access keys of this person':
    'alle aus Anmeldungen, Token und Zugriffsschlüsseln dieser Person',
  'all that were made from sign-ins and tokens of this person; access keys go on':
    'alle aus Anmeldungen und Token dieser Person; Zugriffsschlüssel gelten weiter',
  'all that were made from tokens of this browser session': 'alle aus Token dieser Browsersitzung',
  'all that were made from sign-ins or codes by these factors':
    'alle aus Anmeldungen oder Codes mit diesen Faktoren',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because no {policy} allows the {verb} action.':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen, denn keine {policy} erlaubt die Aktion {verb}.',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny in {policy}.':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen: ausdrücklich verweigert in {policy}.',
  'identity-based policy': 'identitätsbasierte Richtlinie',
  'permissions boundary': 'Berechtigungsgrenze',
  'session policy': 'Sitzungsrichtlinie',
  'resource-based policy': 'ressourcenbasierte Richtlinie',
  'service control policy': 'Leitplanke des Kontos',
  'an identity-based policy': 'einer identitätsbasierten Richtlinie',
  'a permissions boundary': 'einer Berechtigungsgrenze',
  'a session policy': 'einer Sitzungsrichtlinie',
  'a resource-based policy': 'einer ressourcenbasierten Richtlinie',
  'a service control policy': 'einer Leitplanke des Kontos',
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
  'are needed: sign-ins return to one of them': 'sind nötig: Eine Anmeldung kehrt zu einer von ihnen zurück',
  'are needed with “Members of groups”': 'sind mit „Mitglieder von Gruppen“ nötig',
  'are of use only with “Members of groups”: choose that, or leave this empty':
    'wirken nur mit „Mitglieder von Gruppen“: Wählen Sie das aus, oder lassen Sie dieses Feld leer',
  'must have more than dots': 'darf nicht nur aus Punkten bestehen',
  'must not have the form of a unique id of users and roles':
    'darf nicht die Form einer eindeutigen ID von Benutzern und Rollen haben',
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
  'the mail server could not be used ({what}): {why}':
    'der Mailserver konnte nicht verwendet werden ({what}): {why}',
  'the mail server could not be used ({what})': 'der Mailserver konnte nicht verwendet werden ({what})',
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
  "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.":
    'Das Zertifikat ist abgelaufen.',
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: {index}':
    'Die Zertifikatskette muss mit dem Zertifikat des direkten Ausstellers beginnen, gefolgt von den weiteren in ihrer Reihenfolge. Stelle des ungültigen Zertifikats: {index}',
  'The private key did not match the public key provided. Please verify the key material and try again.':
    'der private Schlüssel muss der zum Zertifikat sein',
  'the private key must be an unencrypted private key in PEM':
    'der private Schlüssel muss ein unverschlüsselter Schlüssel in PEM sein',
  'Unable to parse certificate. Please ensure the certificate is in PEM format.':
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
    'Falsche Audience des Tokens: Ein Token mit mehreren `aud` muss ein `azp` haben; sie ist {seen}, der Anbieter akzeptiert {accepted}',
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
    'Eine Richtlinie kann bis zu 5 Versionen haben. Löschen Sie eine, bevor Sie eine neue erstellen.',
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
  'Reads IAM. Created at the first start, to try AssumeRole with. You may delete it.':
    'Liest IAM. Beim ersten Start erstellt, um AssumeRole auszuprobieren. Sie können sie löschen.',
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
  'Lets a function read the topics of a cluster of Amazon MSK and write logs.':
    'Lässt eine Funktion die Themen eines Clusters von Amazon MSK lesen und Logs schreiben.',
  'Lets a service call functions.': 'Lässt einen Dienst Funktionen aufrufen.',
  'Lets Auto Scaling change how many tasks of Amazon ECS run.':
    'Lässt Auto Scaling die Zahl der laufenden Aufgaben von Amazon ECS ändern.',
  'Lets events start tasks of Amazon ECS.': 'Lässt Ereignisse Aufgaben von Amazon ECS starten.',
  'Lets Spot Fleet start, tag and end machines.':
    'Lässt Spot Fleet Maschinen starten, mit Tags versehen und beenden.',
  'Lets Amazon EMR start and end the machines of its clusters.':
    'Lässt Amazon EMR die Maschinen seiner Cluster starten und beenden.',
  'Lets the machines of a cluster of Amazon EMR use the services that hold its data.':
    'Lässt die Maschinen eines Clusters von Amazon EMR die Dienste nutzen, die seine Daten enthalten.',
  'Lets AWS Control Tower set up and watch the accounts of an organization.':
    'Lässt AWS Control Tower die Konten einer Organisation einrichten und überwachen.',
  'Lets AWS Batch run jobs on machines and containers.':
    'Lässt AWS Batch Aufträge auf Maschinen und in Containern ausführen.',
  'Lets AWS Backup make backups.': 'Lässt AWS Backup Sicherungen anlegen.',
  'Lets AWS Backup restore backups.': 'Lässt AWS Backup Sicherungen wiederherstellen.',
  'Lets snapshots of volumes be made and deleted by a schedule.':
    'Lässt Snapshots von Volumes nach einem Zeitplan anlegen und löschen.',
  'Lets AWS CodeDeploy replace functions.': 'Lässt AWS CodeDeploy Funktionen austauschen.',
  'Lets migrations of databases manage the addresses of their machines.':
    'Lässt Datenbankmigrationen die Adressen ihrer Maschinen verwalten.',
  'Lets migrations of databases write logs.': 'Lässt Datenbankmigrationen Logs schreiben.',
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
  keys: 'Schlüssel',
  'resolve, connect and TLS': 'Auflösen, Verbinden und TLS',
  'discovery document and its issuer': 'Discovery-Dokument und sein Aussteller',
  'signature algorithms': 'Signaturalgorithmen',
  'client authentication': 'Client-Authentifizierung',
  'sign-out': 'Abmeldung',
  'authorization endpoint': 'Autorisierungsendpunkt',
  'client authentication at the token endpoint': 'Client-Authentifizierung am Token-Endpunkt',
  'userinfo endpoint': 'Userinfo-Endpunkt',
  'list of addresses': 'Liste der Adressen',
  'fetch the metadata': 'Metadaten abrufen',
  'read the metadata': 'Metadaten lesen',
  'metadata is still valid': 'Metadaten sind noch gültig',
  'find the sign-in endpoint': 'Anmeldeendpunkt finden',
  'signing certificates are pinned': 'Signaturzertifikate sind festgelegt',
  'resolve {host}': '{host} auflösen',
  'connect to {host}': 'Mit {host} verbinden',
  'StartTLS with {host}': 'StartTLS mit {host}',
  'TLS with {host}': 'TLS mit {host}',
  'no bind at {host}': 'Kein Bind bei {host}',
  'bind at {host} as {name}': 'Bind bei {host} als {name}',
  'read {name}={value}': '{name}={value} lesen',
  'read entryUUID': 'entryUUID lesen',
  'read objectGUID': 'objectGUID lesen',
  'search groups ({filter})': 'Gruppen suchen ({filter})',
  'search ({filter})': 'Suchen ({filter})',
  'no discovery document': 'kein Discovery-Dokument',
  'not advertised': 'nicht angegeben',
  'not advertised; sent nevertheless': 'nicht angegeben; wird trotzdem gesendet',
  'it offers {offered}; allowed are {allowed}': 'er bietet {offered}; erlaubt sind {allowed}',
  'it takes {methods} and not S256': 'er nimmt {methods} und nicht S256',
  'the keys: HTTP {status}': 'die Schlüssel: HTTP {status}',
  'no jwks_uri': 'keine jwks_uri',
  '{count} usable, from the configuration': '{count} verwendbar, aus der Konfiguration',
  '{count} usable': '{count} verwendbar',
  'it has no end_session_endpoint, which sign_out needs':
    'er hat keinen end_session_endpoint, den sign_out braucht',
  '{url}; it must know https://<your Chancery>/signed-out as post-logout redirect URI':
    '{url}; dort muss https://<Ihr Chancery>/signed-out als Post-Logout-Redirect-URI bekannt sein',
  'HTTP {status} without a token; it should be 401': 'HTTP {status} ohne Token; es sollte 401 sein',
  'HTTP {status} without a token': 'HTTP {status} ohne Token',
  'credentials accepted ({answer})': 'Zugangsdaten angenommen ({answer})',
  'not certain: {answer}': 'nicht sicher: {answer}',
  'credentials refused: {answer}': 'Zugangsdaten abgelehnt: {answer}',
  'credentials refused:': 'Zugangsdaten abgelehnt',
  'not signed, protected by https': 'nicht signiert, durch https geschützt',
  'its signature is valid': 'die Signatur ist gültig',
  'no expiry': 'ohne Ablauf',
  'it expired on {date}': 'abgelaufen am {date}',
  'no SingleSignOnService has the binding HTTP-Redirect':
    'kein SingleSignOnService hat das Binding HTTP-Redirect',
  '{protocol}, certificate for {names}, until {end} ({days} days)':
    '{protocol}, Zertifikat für {names}, bis {end} ({days} Tage)',
  'there is no such entry': 'es gibt keinen solchen Eintrag',
  'no user is found, or the service account may not read users':
    'kein Benutzer gefunden, oder das Dienstkonto darf Benutzer nicht lesen',
  'in no group': 'in keiner Gruppe',
  '`{url}` is neither ldaps nor StartTLS, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` ist weder ldaps noch StartTLS und steht nicht in CHANCERY_OUTBOUND_ALLOW',
  '`{url}` is not https, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` ist nicht https und steht nicht in CHANCERY_OUTBOUND_ALLOW',
  '`{host}` does not resolve': '`{host}` lässt sich nicht auflösen',
  '`{host}` has no address': '`{host}` hat keine Adresse',
  'a redirect without a location': 'eine Weiterleitung ohne Ziel',
  'a redirect': 'eine Weiterleitung',
  'more than {count} redirects': 'mehr als {count} Weiterleitungen',
  'not a URL': 'keine URL',
  'the URL contains a user name': 'die URL enthält einen Benutzernamen',
  'GET {url} failed: {why}': 'GET {url} fehlgeschlagen: {why}',
  'POST {url} failed: {why}': 'POST {url} fehlgeschlagen: {why}',
  'a body over {count} bytes': 'ein Inhalt von über {count} Bytes',
  'too many requests wait for this host': 'zu viele Anfragen warten auf diesen Host',
  'left alone for a while after {count} failures in a row':
    'nach {count} Fehlern in Folge eine Weile nicht angefragt',
  '`{origin}` answered {status}': '`{origin}` antwortete mit {status}',
  'The operation was aborted due to timeout': 'keine Antwort in der vorgesehenen Zeit',
  'no answer in time': 'keine Antwort in der vorgesehenen Zeit',
  'the connection was closed': 'die Verbindung wurde geschlossen',
  'socket hang up': 'die Verbindung wurde geschlossen',
  'connect ECONNREFUSED {address}': 'Verbindung abgelehnt (ECONNREFUSED {address})',
  'getaddrinfo ENOTFOUND {host}': 'kein solcher Host (ENOTFOUND {host})',
  'self-signed certificate in certificate chain': 'selbstsigniertes Zertifikat in der Zertifikatskette',
  'self-signed certificate': 'selbstsigniertes Zertifikat',
  'unable to verify the first certificate':
    'das Zertifikat lässt sich nicht prüfen: Das seines Ausstellers fehlt',
  'unable to get local issuer certificate': 'das Zertifikat ist von keiner bekannten Stelle ausgestellt',
  'certificate has expired': 'das Zertifikat ist abgelaufen',
  "Hostname/IP does not match certificate's altnames: {detail}":
    'das Zertifikat gilt nicht für diesen Host: {detail}',
  'StartTLS was refused with code {code}': 'StartTLS wurde mit Code {code} abgelehnt',
  'plain-text bytes after the response to StartTLS': 'Klartext nach der Antwort auf StartTLS',
  'the answer is not LDAP': 'die Antwort ist kein LDAP',
  'the response to StartTLS is another message': 'die Antwort auf StartTLS ist eine andere Nachricht',
  '`ldap{url}`: {why}': '`ldap{url}`: {why}',
  'ldap{url}: search below `{base}`: {answer}': 'ldap{url}: Suche unterhalb von `{base}`: {answer}',
  'ldap{url}: reading an entry: {answer}': 'ldap{url}: Lesen eines Eintrags: {answer}',
  'result code {code}: {answer}': 'Ergebniscode {code}: {answer}',
  'the discovery document: HTTP {status}': 'das Discovery-Dokument: HTTP {status}',
  'the discovery document must be a JSON object without duplicate keys':
    'das Discovery-Dokument muss ein JSON-Objekt ohne doppelte Schlüssel sein',
  'the discovery document names no {name}': 'das Discovery-Dokument nennt keinen Wert für {name}',
  'the issuer is `{issuer}`, which is shared by many tenants: register the issuer of your own tenant':
    'der Aussteller ist `{issuer}`, den viele Mandanten gemeinsam haben: registrieren Sie den Aussteller Ihres eigenen Mandanten',
  'the discovery document is of another issuer: `{issuer}`':
    'das Discovery-Dokument ist von einem anderen Aussteller: `{issuer}`',
  'the discovery document is of another issuer': 'das Discovery-Dokument ist von einem anderen Aussteller',
  "the discovery document's {name} must be an https URL":
    '{name} im Discovery-Dokument muss eine https-URL sein',
  'the key set is unusable: {why}': 'die Schlüsselmenge ist unbrauchbar: {why}',
  'not a JSON Web Key Set: `keys` must be an array': 'kein JSON Web Key Set: `keys` muss eine Liste sein',
  'it contains no key that can verify a signature':
    'sie enthält keinen Schlüssel, der eine Signatur prüfen kann',
  'a key must be a JSON object': 'ein Schlüssel muss ein JSON-Objekt sein',
  'it holds a private key': 'sie enthält einen privaten Schlüssel',
  'the private key is no JWK or PEM of a type this server signs with':
    'der private Schlüssel ist kein JWK oder PEM einer Art, mit der dieser Server signiert',
  'the metadata: HTTP {status}': 'die Metadaten: HTTP {status}',
  'the metadata has expired': 'die Metadaten sind abgelaufen',
  'the metadata was not fetched yet; `chancery provider check` shows why':
    'die Metadaten wurden noch nicht abgerufen; `chancery provider check` zeigt, warum',
  'the metadata has no EntityDescriptor of `{id}`': 'die Metadaten haben keinen EntityDescriptor von `{id}`',
  'the metadata has several EntityDescriptors of `{id}`':
    'die Metadaten haben mehrere EntityDescriptor von `{id}`',
  'the signature of the metadata does not verify with metadata_certificate':
    'die Signatur der Metadaten passt nicht zu metadata_certificate',
  'the metadata is not signed, and metadata_certificate is set':
    'die Metadaten sind nicht signiert, und metadata_certificate ist gesetzt',
  'the metadata: {why}': 'die Metadaten: {why}',
  'the SAML metadata is not acceptable: {why}': 'die SAML-Metadaten sind nicht annehmbar: {why}',
  'it is empty': 'sie sind leer',
  'its root must be one EntityDescriptor; for metadata of a federation, use only the EntityDescriptor of your provider':
    'ihre Wurzel muss ein EntityDescriptor sein; verwenden Sie von den Metadaten einer Föderation nur den EntityDescriptor Ihres Anbieters',
  'entityID must be a URI of 1 to 1024 characters': 'entityID muss eine URI von 1 bis 1024 Zeichen sein',
  'it must have exactly one IDPSSODescriptor': 'sie müssen genau einen IDPSSODescriptor haben',
  'the IDPSSODescriptor does not support SAML 2.0': 'der IDPSSODescriptor unterstützt SAML 2.0 nicht',
  'validUntil is not a time': 'validUntil ist keine Zeitangabe',
  'a Location of {name} is not a URL': 'eine Location von {name} ist keine URL',
  'a ResponseLocation of {name} is not a URL': 'eine ResponseLocation von {name} ist keine URL',
  'it has no signing certificate': 'sie haben kein Signaturzertifikat',
  'it has more than {count} signing certificates': 'sie haben mehr als {count} Signaturzertifikate',
  'a signing certificate cannot be read': 'ein Signaturzertifikat ist nicht lesbar',
  "a signing certificate's key must be RSA of at least {count} bits, or EC":
    'der Schlüssel eines Signaturzertifikats muss RSA mit mindestens {count} Bit oder EC sein',
  'the XML has more than {count} characters': 'das XML hat mehr als {count} Zeichen',
  'the XML has more than {count} elements': 'das XML hat mehr als {count} Elemente',
  'the XML has more than {count} attributes': 'das XML hat mehr als {count} Attribute',
  'the XML has more than {count} namespace declarations':
    'das XML hat mehr als {count} Namensraumdeklarationen',
  'the XML is deeper than {count}': 'das XML ist tiefer als {count} Ebenen',
  'comments are not allowed': 'Kommentare sind nicht erlaubt',
  'a DTD is not allowed': 'eine DTD ist nicht erlaubt',
  'declarations and CDATA sections are not allowed': 'Deklarationen und CDATA-Abschnitte sind nicht erlaubt',
  'processing instructions are not allowed': 'Verarbeitungsanweisungen sind nicht erlaubt',
  'entities are not allowed': 'Entitäten sind nicht erlaubt',
  'it has characters that XML does not allow': 'es hat Zeichen, die XML nicht erlaubt',
  'an element has too many attributes': 'ein Element hat zu viele Attribute',
  'the XML is not well-formed': 'das XML ist nicht wohlgeformt',
  'the XML has no element': 'das XML hat kein Element',
  'the XML has two roots': 'das XML hat zwei Wurzeln',
  'the XML has nodes other than elements and text': 'das XML hat andere Knoten als Elemente und Text',
  'an attribute is repeated': 'ein Attribut kommt doppelt vor',
  'an element is signed twice': 'ein Element ist zweimal signiert',
  'a signature is in a place where none is allowed':
    'eine Signatur steht an einer Stelle, an der keine erlaubt ist',
  'an ID is repeated': 'eine ID kommt doppelt vor',
  'the signed element has no usable ID': 'das signierte Element hat keine brauchbare ID',
  'the signature has an element that is not allowed': 'die Signatur hat ein Element, das nicht erlaubt ist',
  'the canonicalization is not allowed': 'diese Kanonisierung ist nicht erlaubt',
  'the signature algorithm is not allowed': 'dieser Signaturalgorithmus ist nicht erlaubt',
  'the signature covers another element': 'die Signatur gilt für ein anderes Element',
  'the digest algorithm is not allowed': 'dieser Hash-Algorithmus ist nicht erlaubt',
  'the transforms are not allowed': 'diese Transformationen sind nicht erlaubt',
  'SignedInfo is larger than a signature needs': 'SignedInfo ist größer, als eine Signatur braucht',
  'InclusiveNamespaces is repeated': 'InclusiveNamespaces kommt doppelt vor',
  'the token is of the issuer `{issuer}`': 'das Token ist vom Aussteller `{issuer}`',
  "alg `{alg}` is not one of the provider's algorithms":
    'alg `{alg}` ist keiner der Algorithmen des Anbieters',
  'the token was issued to another client': 'das Token wurde für einen anderen Client ausgestellt',
  'the keys, {why}': 'die Schlüssel: {why}',
  'http{url} answered {status}': 'http{url} antwortete mit {status}',
  'Missing a required claim: {name}': 'ein erforderlicher Claim fehlt: {name}',
  '`{name}` is not a time': '`{name}` ist keine Zeitangabe',
  '`aud` is not a string or a list of strings': '`aud` ist weder ein Text noch eine Liste von Texten',
  '`azp` is not a string': '`azp` ist kein Text',
  'Incorrect token audience: a token with several `aud` must have an `azp`':
    'falsche Audience: Ein Token mit mehreren `aud` muss ein `azp` haben',
  'Incorrect token audience': 'falsche Audience des Tokens',
  'the provider is disabled': 'der Anbieter ist deaktiviert',
  'users do not sign in with this provider': 'mit diesem Anbieter meldet man sich nicht an',
  'the claims have no subject': 'die Claims haben kein Subject',
  '`{path}` does not meet `require`': '`{path}` erfüllt `require` nicht',
  '`{name}` has this identity and is disabled': '`{name}` hat diese Identität und ist deaktiviert',
  'has this identity': 'die Identität gehört zu diesem Konto',
  '{email} is verified, and its domain is one of this provider’s':
    '{email} ist bestätigt, und die Domain gehört zu diesem Anbieter',
  '`{name}` has {email} already, and {why}; they can connect this identity once signed in':
    '`{name}` hat {email} bereits, und {why}; nach einer Anmeldung lässt sich diese Identität dort verbinden',
  'the provider does not mark it as verified': 'der Anbieter kennzeichnet sie nicht als bestätigt',
  'its domain is not among the domains of the provider': 'die Domain ist keine der Domains des Anbieters',
  'so have others': 'andere haben sie auch',
  'is disabled': 'das Konto ist deaktiviert',
  'it is not verified here': 'sie ist hier nicht bestätigt',
  'is joined with another identity of this provider':
    'das Konto ist mit einer anderen Identität dieses Anbieters verbunden',
  'no user has this identity, and create_users is false':
    'niemand hat diese Identität, und create_users ist false',
  'no user has this identity; {email} is taken from `{name}`':
    'niemand hat diese Identität; {email} geht von `{name}` auf das neue Konto über',
  'no user has this identity': 'niemand hat diese Identität',
  'no audience is registered, so every token of this issuer is refused':
    'keine Audience ist registriert, daher wird jedes Token dieses Ausstellers abgelehnt',
  'add the audience of your workloads to client_ids':
    'fügen Sie client_ids die Audience Ihrer Workloads hinzu',
  'addresses that the provider did not verify count as verified and select users: anyone who can set an address there can sign in as that user here':
    'Adressen, die der Anbieter nicht bestätigt hat, gelten als bestätigt und bestimmen das Konto: Wer dort eine Adresse eintragen kann, kann sich hier als deren Inhaber anmelden',
  'remove the default `true` of mapping.email_verified, or the domains':
    'entfernen Sie den Standardwert `true` von mapping.email_verified oder die Domains',
  'addresses that the provider did not verify are stored as verified':
    'Adressen, die der Anbieter nicht bestätigt hat, werden als bestätigt gespeichert',
  'remove the default `true` of mapping.email_verified':
    'entfernen Sie den Standardwert `true` von mapping.email_verified',
  '`domains` contains a domain where anybody can have an address':
    '`domains` enthält eine Domain, bei der jeder eine Adresse haben kann',
  'name only domains of your own organisation': 'nennen Sie nur Domains Ihrer eigenen Organisation',
  'anybody can have an account at this provider, and everybody who signs in becomes a user here':
    'bei diesem Anbieter kann jeder ein Konto haben, und wer sich anmeldet, bekommt hier ein Konto',
  'restrict sign-in with `require`, set create_users to false, or use the issuer of your own organisation':
    'schränken Sie die Anmeldung mit `require` ein, setzen Sie create_users auf false, oder verwenden Sie den Aussteller Ihrer eigenen Organisation',
  'everybody who signs in becomes a user here: neither a domain nor a rule restricts it':
    'wer sich anmeldet, bekommt hier ein Konto: Weder eine Domain noch eine Regel schränkt es ein',
  'list its domains, restrict sign-in with `require`, or set create_users to false':
    'nennen Sie seine Domains, schränken Sie die Anmeldung mit `require` ein, oder setzen Sie create_users auf false',
  'users without groups at the provider are put into groups by a default':
    'wer beim Anbieter keine Gruppen hat, kommt durch einen Standardwert in Gruppen',
  'remove the default of mapping.groups': 'entfernen Sie den Standardwert von mapping.groups',
  'a single factor counts as the second one': 'ein einzelner Faktor gilt als zweiter',
  'list only values that mean two factors, such as `mfa`, in second_factor.amr':
    'nennen Sie in second_factor.amr nur Werte, die zwei Faktoren bedeuten, etwa `mfa`',
  'users who used a single factor at the provider need no second one, unless they enrolled one here':
    'wer beim Anbieter einen einzelnen Faktor verwendet hat, braucht keinen zweiten, außer es ist hier einer eingerichtet',
  'set second_factor.ask to `everyone`': 'setzen Sie second_factor.ask auf `everyone`',
  'the issuer uses plain http: anyone on the network path can sign in as any user and read the userinfo response':
    'der Aussteller verwendet unverschlüsseltes http: Wer im Netzwerk mitliest, kann sich als beliebiger Benutzer anmelden und die Userinfo-Antwort lesen',
  'use an https issuer': 'verwenden Sie einen https-Aussteller',
  'the keys are fetched over plain http: anyone on the network path can replace them':
    'die Schlüssel werden über unverschlüsseltes http abgerufen: Wer im Netzwerk dazwischen ist, kann sie austauschen',
  'use an https jwks_uri': 'verwenden Sie eine https-jwks_uri',
  'the keys are uploaded: sign-in stops when the provider rotates them, and a withdrawn key stays valid':
    'die Schlüssel sind hochgeladen: Wechselt der Anbieter sie, endet die Anmeldung, und ein zurückgezogener Schlüssel bleibt gültig',
  'use discovery or jwks_uri where the issuer can be reached':
    'verwenden Sie Discovery oder jwks_uri, wo der Aussteller erreichbar ist',
  'the client has no secret: only PKCE protects a stolen code, if the provider supports PKCE':
    'der Client hat kein Geheimnis: Nur PKCE schützt einen gestohlenen Code, sofern der Anbieter es unterstützt',
  'the client has no secret: only PKCE protects a stolen code':
    'der Client hat kein Geheimnis: Nur PKCE schützt einen gestohlenen Code',
  'register a confidential client: client_secret, or better private_key':
    'registrieren Sie einen vertraulichen Client: client_secret oder besser private_key',
  'register a confidential client with a client_secret':
    'registrieren Sie einen vertraulichen Client mit einem client_secret',
  'the issuer is shared by many tenants, so users cannot sign in with it':
    'viele Mandanten teilen sich den Aussteller, daher kann man sich damit nicht anmelden',
  'use the issuer of your own tenant, `https://login.microsoftonline.com/<tenant id>/v2.0`':
    'verwenden Sie den Aussteller Ihres eigenen Mandanten, `https://login.microsoftonline.com/<tenant id>/v2.0`',
  '`acr` 0 counts as a second factor: it stands for no authentication worth the name':
    '`acr` 0 gilt als zweiter Faktor: Es steht für keine nennenswerte Authentifizierung',
  'leave `0` out of second_factor.acr (OIDC Core §2)':
    'lassen Sie `0` in second_factor.acr weg (OIDC Core §2)',
  '`prompt=none` in parameters: who has no session there is refused instead of asked':
    '`prompt=none` in parameters: Wer dort keine Sitzung hat, wird abgelehnt statt gefragt',
  'leave it out': 'lassen Sie es weg',
  'an endpoint uses plain http: anyone on the network path can sign in as any user':
    'ein Endpunkt verwendet unverschlüsseltes http: Wer im Netzwerk dazwischen ist, kann sich als beliebiger Benutzer anmelden',
  'use https endpoints': 'verwenden Sie https-Endpunkte',
  'the subject is `{subject}`, which may change or go to somebody else, and their account here with it':
    'das Subject ist `{subject}`, das sich ändern oder an jemand anderen gehen kann, und das Konto hier mit ihm',
  'use the claim with the number or opaque id as subject':
    'verwenden Sie den Claim mit der Nummer oder undurchsichtigen ID als Subject',
  'verified addresses rely on the userinfo endpoint alone':
    'bestätigte Adressen stützen sich allein auf den Userinfo-Endpunkt',
  'set emails_endpoint where there is one, or make sure that `email_verified` is reliable':
    'setzen Sie emails_endpoint, wo es einen gibt, oder stellen Sie sicher, dass `email_verified` verlässlich ist',
  'the issuer is of another origin than the token endpoint':
    'der Aussteller hat einen anderen Ursprung als der Token-Endpunkt',
  'make sure that the issuer belongs to this provider and to no other':
    'stellen Sie sicher, dass der Aussteller zu diesem Anbieter und zu keinem anderen gehört',
  'its metadata was not fetched yet: nobody can sign in with it until then':
    'seine Metadaten wurden noch nicht abgerufen: Bis dahin kann sich niemand damit anmelden',
  'start the server, and see that metadata_url answers':
    'starten Sie den Server, und prüfen Sie, dass metadata_url antwortet',
  'its metadata has expired: nobody can sign in with it':
    'seine Metadaten sind abgelaufen: Niemand kann sich damit anmelden',
  'configure its current metadata': 'hinterlegen Sie seine aktuellen Metadaten',
  'its metadata expires within 30 days': 'seine Metadaten laufen innerhalb von 30 Tagen ab',
  'configure newer metadata before that': 'hinterlegen Sie vorher neuere Metadaten',
  'a signing certificate has expired; its signatures are accepted as long as it is in the metadata':
    'ein Signaturzertifikat ist abgelaufen; seine Signaturen werden angenommen, solange es in den Metadaten steht',
  'configure metadata without it': 'hinterlegen Sie Metadaten ohne es',
  'every signing certificate expires within 30 days':
    'alle Signaturzertifikate laufen innerhalb von 30 Tagen ab',
  'configure metadata that has the next certificate as well: both are accepted while one is replaced':
    'hinterlegen Sie Metadaten, die auch das nächste Zertifikat enthalten: Während des Wechsels werden beide angenommen',
  'a signing certificate is itself signed with SHA-1': 'ein Signaturzertifikat ist selbst mit SHA-1 signiert',
  'create a new certificate at the provider': 'erstellen Sie beim Anbieter ein neues Zertifikat',
  'an endpoint is plain http: requests can be read on the network':
    'ein Endpunkt ist unverschlüsseltes http: Anfragen können im Netzwerk mitgelesen werden',
  'it requires signed requests, and requests of this server are not signed':
    'er verlangt signierte Anfragen, und Anfragen dieses Servers sind nicht signiert',
  'set private_key and certificate': 'setzen Sie private_key und certificate',
  'the subject is an e-mail address: whoever gets the address later can sign in as that user':
    'das Subject ist eine E-Mail-Adresse: Wer die Adresse später bekommt, kann sich als dieser Benutzer anmelden',
  'configure the provider to send a persistent NameID, or use an attribute that never changes':
    'richten Sie den Anbieter so ein, dass er eine dauerhafte NameID sendet, oder verwenden Sie ein Attribut, das sich nie ändert',
  'assertions need not be signed: only the signature of the response protects them':
    'Assertions müssen nicht signiert sein: Nur die Signatur der Antwort schützt sie',
  'set want to `assertion` or `both`': 'setzen Sie want auf `assertion` oder `both`',
  'passwords go to {url} unencrypted, and nothing shows that it is the directory':
    'Passwörter gehen unverschlüsselt an {url}, und nichts belegt, dass es das Verzeichnis ist',
  'write the URL with ldaps://, or set `start_tls: true`':
    'schreiben Sie die URL mit ldaps://, oder setzen Sie `start_tls: true`',
  'the authority `{name}` ended on {date}': 'die Zertifizierungsstelle `{name}` ist am {date} abgelaufen',
  'the authority `{name}` ends on {date}': 'die Zertifizierungsstelle `{name}` läuft am {date} ab',
  'add its successor; `ca` may contain several':
    'fügen Sie ihre Nachfolgerin hinzu; `ca` darf mehrere enthalten',
  'the directory is searched anonymously, so anybody on the network can list its users':
    'das Verzeichnis wird anonym durchsucht, daher kann jeder im Netzwerk seine Benutzer auflisten',
  'set `bind_dn` and `bind_password` of an account that may only read':
    'setzen Sie `bind_dn` und `bind_password` eines Kontos, das nur lesen darf',
  "`{name}` looks like the directory's administrator; searching needs no such power":
    '`{name}` sieht nach der Administration des Verzeichnisses aus; zum Suchen braucht es keine solchen Rechte',
  'use an account that may only read users and groups':
    'verwenden Sie ein Konto, das nur Benutzer und Gruppen lesen darf',
  '`{attribute}` may be given to another person, who then signs in as the first':
    '`{attribute}` kann an eine andere Person vergeben werden, die sich dann als die erste anmeldet',
  'use `entryUUID`, or `objectGUID` with Active Directory':
    'verwenden Sie `entryUUID`, bei Active Directory `objectGUID`',
  'all that applications got from sign-ins with it':
    'alles, was Anwendungen durch Anmeldungen mit ihm erhalten haben',
  'all that were made from sign-ins with it or from its tokens and assertions':
    'alle, die aus Anmeldungen mit ihm oder aus seinen Token und Assertions entstanden sind',
  'must be left out when there is a token': 'muss leer bleiben, wenn es ein Token gibt',
  'are required: a provider of the kind {kind} gives no ID tokens':
    'erforderlich: Ein Anbieter der Art {kind} gibt keine ID-Token',
  'is required when there are no claims': 'ist erforderlich, wenn es keine Claims gibt',
  'must be a JSON object': 'muss ein JSON-Objekt sein',
  'What the identity provider sent is too much.': 'Was der Identitätsanbieter gesendet hat, ist zu viel.',
  'Users do not sign in with this provider; use `chancery trust try` for workloads.':
    'Mit diesem Anbieter meldet man sich nicht an; für Workloads gibt es `chancery trust try`.',
  'must be an https URL without query, fragment or user':
    'muss eine https-URL ohne Query, Fragment und Benutzer sein',
  'must be an https URL without fragment or user': 'muss eine https-URL ohne Fragment und Benutzer sein',
  'must be https, unless the operator names its host in CHANCERY_OUTBOUND_ALLOW':
    'muss https sein, außer der Betrieb nennt den Host in CHANCERY_OUTBOUND_ALLOW',
  'is at `{host}`, which is not public: the operator must name it in CHANCERY_OUTBOUND_ALLOW':
    'liegt bei `{host}`, das nicht öffentlich ist: Der Betrieb muss es in CHANCERY_OUTBOUND_ALLOW nennen',
  'must be 1 to 64 of `A-Z a-z 0-9 . _ -`': 'muss aus 1 bis 64 Zeichen von `A-Z a-z 0-9 . _ -` bestehen',
  'must not be `.` or `..`': 'darf nicht `.` oder `..` sein',
  'must be a valid tag key': 'muss ein gültiger Tag-Schlüssel sein',
  'keys that begin with `aws:` or `chancery:` are reserved':
    'Schlüssel, die mit `aws:` oder `chancery:` beginnen, sind reserviert',
  'must be a domain name': 'muss ein Domainname sein',
  'must have no default: with one, everybody could sign in':
    'darf keinen Standardwert haben: Mit einem könnte sich jeder anmelden',
  'must not contain a parameter that this server sets itself':
    'darf keinen Parameter enthalten, den dieser Server selbst setzt',
  'use either client_secret or private_key': 'verwenden Sie entweder client_secret oder private_key',
  'private_key must be a private key as JWK or PEM':
    'private_key muss ein privater Schlüssel als JWK oder PEM sein',
  'use either jwks or jwks_uri': 'verwenden Sie entweder jwks oder jwks_uri',
  'sign_in needs a name': 'für sign_in ist ein Name nötig',
  'is required: {form}': 'ist erforderlich: {form}',
  'is no issuer of `{preset}`: that is {form}': 'ist kein Aussteller von `{preset}`: Der ist {form}',
  'is a trust domain, whose keys are a SPIFFE bundle':
    'ist eine Trust Domain, deren Schlüssel ein SPIFFE-Bundle sind',
  'a SPIFFE trust domain issues tokens for workloads only':
    'eine SPIFFE-Trust-Domain stellt nur Token für Workloads aus',
  'is required without a preset': 'ist ohne Preset erforderlich',
  'goes with a preset': 'gilt nur mit einem Preset',
  'is set by the preset `{preset}`': 'ist durch das Preset `{preset}` gesetzt',
  'must be `ldaps://host[:port]` or `ldap://host[:port]`':
    'muss `ldaps://host[:port]` oder `ldap://host[:port]` sein',
  'must be a distinguished name, as `ou=people,dc=acme,dc=example`':
    'muss ein Distinguished Name sein, etwa `ou=people,dc=acme,dc=example`',
  'must be a distinguished name, or `user@domain`': 'muss ein Distinguished Name oder `user@domain` sein',
  'is no attribute': 'ist kein Attribut',
  'is not to be read': 'darf nicht gelesen werden',
  'must hold `{place}` behind an `=`': 'muss `{place}` hinter einem `=` enthalten',
  'must hold `{place}`': 'muss `{place}` enthalten',
  'must be one filter in parentheses, as `(uid={username})`':
    'muss ein Filter in Klammern sein, etwa `(uid={username})`',
  'may escape ASCII characters alone, as `\\2a`': 'darf nur ASCII-Zeichen maskieren, etwa `\\2a`',
  'holds no PEM certificate': 'enthält kein PEM-Zertifikat',
  'holds a certificate that cannot be read': 'enthält ein Zertifikat, das nicht lesbar ist',
  'bind_dn and bind_password must be set together': 'bind_dn und bind_password müssen zusammen gesetzt sein',
  'start_tls is for `ldap://`; `ldaps://` has TLS already':
    'start_tls ist für `ldap://`; `ldaps://` hat bereits TLS',
  'must be a URI of 1 to 1024 characters': 'muss eine URI von 1 bis 1024 Zeichen sein',
  'private_key and certificate must be set together':
    'private_key und certificate müssen zusammen gesetzt sein',
  'private_key must be RSA': 'private_key muss RSA sein',
  'certificate does not belong to private_key': 'certificate gehört nicht zu private_key',
  'private_key and certificate must be PEM': 'private_key und certificate müssen PEM sein',
  'sign_out needs private_key and certificate': 'sign_out braucht private_key und certificate',
  'exactly one of metadata, metadata_file and metadata_url must be given':
    'genau eines von metadata, metadata_file und metadata_url muss angegeben sein',
  'entity_id must be given with metadata_url, and only with it':
    'entity_id muss mit metadata_url angegeben sein, und nur damit',
  'metadata_certificate needs metadata_url': 'metadata_certificate braucht metadata_url',
  'metadata_certificate must be PEM': 'metadata_certificate muss PEM sein',
  'The entry has more than {count} members and items.':
    'Der Eintrag hat mehr als {count} Felder und Listeneinträge.',
  'is not known here': 'ist hier nicht bekannt',
  'is part of its ARN and cannot be changed: create another provider':
    'ist Teil der ARN und kann nicht geändert werden: Legen Sie einen anderen Anbieter an',
  'names the identities of its users and cannot be changed: create another provider':
    'benennt die Identitäten der Personen und kann nicht geändert werden: Legen Sie einen anderen Anbieter an',
  'is for the configuration file: give `{name}` itself':
    'ist für die Konfigurationsdatei: Geben Sie `{name}` selbst an',
  'must not have a private key: everybody may read it':
    'darf keinen privaten Schlüssel enthalten: Alle können ihn lesen',
  'must be given again, because it would be sent to another server':
    'muss neu angegeben werden, weil es an einen anderen Server gesendet würde',
  '`{domain}` is a domain of `{name}`': '`{domain}` ist eine Domain von `{name}`',
  '`{url}` is the issuer of another identity provider':
    '`{url}` ist der Aussteller eines anderen Identitätsanbieters',
  '`{name}` is the name of another identity provider':
    '`{name}` ist der Name eines anderen Identitätsanbieters',
  'the issuer `{url}` is not acceptable: its claims could be mistaken for condition keys of AWS; use an issuer with a full host name':
    'der Aussteller `{url}` ist nicht annehmbar: Seine Claims könnten mit Bedingungsschlüsseln von AWS verwechselt werden; verwenden Sie einen Aussteller mit vollständigem Hostnamen',
  'An account has at most {count} providers of kind {kind}.':
    'Ein Konto hat höchstens {count} Anbieter der Art {kind}.',
  'Cannot exceed quota for {quota}: {count}.': 'Das Kontingent {quota} ist erschöpft: {count}.',
  'needs a `map` that names the groups, because there are more than {count}':
    'braucht ein `map`, das die Gruppen nennt, denn es gibt mehr als {count}',
  'It was in the configuration file: change its settings here before you enable it, or add it there again.':
    'Er stand in der Konfigurationsdatei: Ändern Sie hier seine Einstellungen, bevor Sie ihn aktivieren, oder fügen Sie ihn dort wieder hinzu.',
  'This identity provider is in the configuration file: change it there, under `identity_providers:`.':
    'Dieser Identitätsanbieter steht in der Konfigurationsdatei: Ändern Sie ihn dort, unter `identity_providers:`.',
  'It was changed meanwhile: read it and repeat the change.':
    'Inzwischen wurde es geändert: Laden Sie die Seite neu und wiederholen Sie die Änderung.',
  'There is no identity provider `{arn}` any more.': 'Den Identitätsanbieter `{arn}` gibt es nicht mehr.',
  'There is no such identity provider.': 'Es gibt keinen solchen Identitätsanbieter.',
  'there is no such identity provider': 'es gibt keinen solchen Identitätsanbieter',
  'An error occurred while calling the identity provider.':
    'Beim Aufruf des Identitätsanbieters trat ein Fehler auf.',
  'until {date}': 'bis {date}',
  '{certificate} until {date}': '{certificate} bis {date}',
  'with a SPIFFE bundle, jwks_uri (the bundle endpoint) or jwks (the bundle) must be given':
    'bei einem SPIFFE-Bundle muss jwks_uri (der Bundle-Endpunkt) oder jwks (das Bundle) angegeben sein',
  'use either ca or ca_file': 'verwenden Sie entweder ca oder ca_file',
  'ldap{url}: bind as `{name}`: {answer}': 'ldap{url}: Bind als `{name}`: {answer}',
  'the entry has {count} values of `{attribute}`; the subject is one':
    'der Eintrag hat {count} Werte von `{attribute}`; das Subject ist einer',
  '`{attribute}` is no subject: it must be a GUID, or text of up to 255 characters':
    '`{attribute}` ist kein Subject: Es muss eine GUID oder ein Text von bis zu 255 Zeichen sein',
  'the person is in more than {count} groups; narrow `groups.filter` or `groups.base_dn`':
    'die Person ist in mehr als {count} Gruppen; schränken Sie `groups.filter` oder `groups.base_dn` ein',
  'People sign in with it since a moment ago: try again.':
    'Seit eben melden sich Personen damit an: Versuchen Sie es noch einmal.',
  'There is no person `{name}` in this account: name one, or give an ARN.':
    'Die Person `{name}` gibt es in diesem Konto nicht. Nennen Sie eine andere oder geben Sie eine ARN an.',
  'Column {at} `{name}` is not known (separate columns by commas); columns are {columns}.':
    'Spalte {at} `{name}` ist unbekannt (trennen Sie Spalten durch Kommas); die Spalten sind {columns}.',
  'Column {at} `{name}` is not known; columns are {columns}.':
    'Spalte {at} `{name}` ist unbekannt; die Spalten sind {columns}.',
  'Column {at} `{name}` is the same as column {first}.':
    'Spalte {at} `{name}` ist dieselbe wie Spalte {first}.',
  'And {count} more columns.': 'Und {count} weitere Spalten.',
  'There is no column `name`; columns are {columns}.':
    'Es fehlt die Spalte `name`; die Spalten sind {columns}.',
  '`password` is not imported: give `password_hash`, or leave it out and use --invite.':
    '`password` wird nicht importiert: Geben Sie `password_hash` an, oder lassen Sie es weg und laden Sie die Personen ein.',
  'has {count} fields, and the header has {columns}': 'hat {count} Felder, die Kopfzeile hat {columns}',
  'is longer than {most} characters: a quote may not be closed':
    'ist länger als {most} Zeichen: Vielleicht ist ein Anführungszeichen nicht geschlossen',
  'has a quote inside of a field that does not begin with one':
    'hat ein Anführungszeichen in einem Feld, das nicht mit einem beginnt',
  'has a quote that is not closed': 'hat ein Anführungszeichen, das nicht geschlossen ist',
  'has text after the closing quote of a field':
    'hat Text nach dem schließenden Anführungszeichen eines Feldes',
  'is not UTF-8': 'ist kein UTF-8',
  'must be well-formed Unicode': 'muss gültiges Unicode sein',
  'must be a hash in an accepted form: {forms}': 'muss ein Hash in einer dieser Formen sein: {forms}',
  'is another on line {line}, which has the same name and comes first':
    'ist in Zeile {line} anders, die denselben Namen hat und zuerst kommt',
  'is on line {line} too': 'steht auch in Zeile {line}',
  'has a {what} of {value}; at most {most} is accepted':
    'hat bei „{what}“ {value}; höchstens {most} ist erlaubt',
  'has a {what} of {value}; at least {least} is accepted':
    'hat bei „{what}“ {value}; mindestens {least} ist nötig',
  'the request body came too slowly': 'die Anfrage kam zu langsam an',
  'the request body broke off': 'die Anfrage brach ab',
  'the request body is larger than {count} bytes': 'die Anfrage hat mehr als {count} Byte',
  'more than {count} parameters': 'mehr als {count} Parameter',
  'the parameter `{name}` stands twice': 'der Parameter `{name}` kommt doppelt vor',
  'a parameter has a broken percent escape': 'ein Parameter ist falsch kodiert',
  'a parameter is not valid UTF-8': 'ein Parameter ist kein gültiges UTF-8',
  'a parameter holds a NUL character': 'ein Parameter enthält ein NUL-Zeichen',
  'a field of the form stands twice': 'ein Feld des Formulars kommt doppelt vor',
  'a field holds a NUL character': 'ein Feld enthält ein NUL-Zeichen',
  'more than {count} fields': 'mehr als {count} Felder',
  'the form cannot be read': 'das Formular ist nicht lesbar',
  'this form is too old or came from elsewhere; load the page again':
    'dieses Formular ist zu alt oder stammt von einer anderen Seite; laden Sie die Seite neu',
  'this form came from another site': 'dieses Formular stammt von einer anderen Website',
  'too many requests from this address': 'zu viele Anfragen von dieser Adresse',
  'too many requests at the moment': 'im Moment zu viele Anfragen',
  'this path accepts {methods}': 'unter dieser Adresse sind erlaubt: {methods}',
  'internal error; the log has details under the request id':
    'interner Fehler; Einzelheiten stehen im Log unter der Referenz',
  'sign in first': 'melden Sie sich zuerst an',
  'there is nothing of this kind to propose': 'davon gibt es nichts vorzuschlagen',
  'the tests of this form cannot be read: open it anew':
    'die Tests dieses Formulars sind nicht lesbar: Öffnen Sie es neu',
  'the description must have at most 1000 characters': 'die Beschreibung darf höchstens 1000 Zeichen haben',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'jemand hat die Richtlinie oder ihre Tests geändert, seit dieses Formular geöffnet wurde: Vergleichen Sie unten mit dem, was jetzt gilt, und öffnen Sie dann den Editor neu',
  'the document is too long': 'das Dokument ist zu lang',
  'there is no such logo': 'dieses Logo gibt es nicht',
  'fields are missing': 'Felder fehlen',
  '`use` must be one of {values}': '`use` muss einer dieser Werte sein: {values}',
  'the policy or its tests were changed since they were read':
    'die Richtlinie oder ihre Tests wurden geändert, seit sie gelesen wurden',
  'the tests cannot be read': 'die Tests sind nicht lesbar',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{failing} von {count} Test schlägt fehl: Ändern Sie das Dokument, oder ändern oder entfernen Sie den Test',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{failing} von {count} Tests schlagen fehl: Ändern Sie das Dokument, oder ändern oder entfernen Sie den Test',
  'is not known in {where}; known are {names}': 'ist in {where} nicht bekannt; bekannt sind {names}',
  'is not known in {where}': 'ist in {where} nicht bekannt',
  'the path': 'dem Pfad',
  'the query': 'der Abfrage',
  'the body': 'den Daten',
  'must be the `cursor` of the previous page of the same list, at most a day old':
    'muss der `cursor` der vorigen Seite derselben Liste sein, höchstens einen Tag alt',
  'there is no account `{name}`': 'das Konto `{name}` gibt es nicht',
  'access request': 'Zugriffsanfrage',
  'managed policy': 'Verwaltete Richtlinie',
  'audit entry': 'Protokolleintrag',
  'audit entry of the request': 'Protokolleintrag der Anfrage',
  'saved audit view': 'Gespeicherte Ansicht',
  'SCIM token': 'SCIM-Token',
  '`{arn}` belongs to the account of the first start, whose administrators operate the server':
    '`{arn}` gehört zum ersten Konto, dessen Administration den Server betreibt',
  'this needs `{action}` for everybody: your policies make exceptions, which cannot be looked through for more than {count} people':
    'dafür ist `{action}` für alle nötig: Ihre Richtlinien machen Ausnahmen, die für mehr als {count} Personen nicht geprüft werden können',
  'mail is not configured: leave `invite` out': 'E-Mail ist nicht eingerichtet: Lassen Sie `invite` weg',
  'mail is not configured: leave `mail` out and hand the link over':
    'E-Mail ist nicht eingerichtet: Lassen Sie `mail` weg und übergeben Sie den Link selbst',
  'is another in a row before, of the same name': 'ist in einer früheren Zeile mit demselben Namen anders',
  'the name `{name}` is taken by a person with another {what}':
    'der Name `{name}` gehört zu einer Person, bei der anders ist: {what}',
  'must be left out when there is a password': 'muss leer bleiben, wenn es ein Passwort gibt',
  'must not contain `/`': 'darf kein `/` enthalten',
  '`{person}` has no session `{session}`; `{command}` lists them':
    '`{person}` hat keine Sitzung `{session}`; `{command}` zeigt, welche es gibt',
  '`{person}` has no factor `{factor}`; `{command}` lists them':
    '`{person}` hat keinen Faktor `{factor}`; `{command}` zeigt, welche es gibt',
  '`{person}` trusts no browser `{browser}`; `{command}` lists them':
    '`{person}` vertraut keinem Browser `{browser}`; `{command}` zeigt, welche es gibt',
  'must have at most {count} bytes': 'darf höchstens {count} Byte haben',
  'there is no person `{name}` in account {account}; `{command}` lists what there is':
    'die Person `{name}` gibt es im Konto {account} nicht; `{command}` zeigt, was es gibt',
  'there is no group `{name}` in account {account}; `{command}` lists what there is':
    'die Gruppe `{name}` gibt es im Konto {account} nicht; `{command}` zeigt, was es gibt',
  'there is no client `{name}` in account {account}; `{command}` lists what there is':
    'den Client `{name}` gibt es im Konto {account} nicht; `{command}` zeigt, was es gibt',
  'there is no account `{name}`; `{command}` lists what there is':
    'das Konto `{name}` gibt es nicht; `{command}` zeigt, was es gibt',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone':
    '{kind} `{name}` gibt es im Konto {account} nicht; Einträge nach Ablauf der Aufbewahrung sind gelöscht',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone; `{command}` lists what there is':
    '{kind} `{name}` gibt es im Konto {account} nicht; Einträge nach Ablauf der Aufbewahrung sind gelöscht; `{command}` zeigt, was es gibt',
  'there is no {kind} `{name}` in account {account}; `{command}` lists what there is':
    '{kind} `{name}` gibt es im Konto {account} nicht; `{command}` zeigt, was es gibt',
  'there is no {kind} `{name}` in account {account}': '{kind} `{name}` gibt es im Konto {account} nicht',
  'there is no {kind} `{name}`; `{command}` lists what there is':
    '{kind} `{name}` gibt es nicht; `{command}` zeigt, was es gibt',
  'Policy {arn} version {version} does not exist or is not attachable.':
    'Die Version {version} der Richtlinie {arn} gibt es nicht, oder sie kann nicht angehängt werden.',
  'Instance Profile {name} cannot be found.': 'Das Instanzprofil {name} gibt es nicht.',
  'The Password Policy with domain name {account} cannot be found.':
    'Passwortregeln des Kontos {account} gibt es nicht.',
  'The account policy with name PasswordPolicy cannot be found.': 'Dieses Konto hat keine Passwortregeln.',
  'The user policy with name {name} cannot be found.':
    'Die Inline-Richtlinie {name} der Person gibt es nicht.',
  'The group policy with name {name} cannot be found.':
    'Die Inline-Richtlinie {name} der Gruppe gibt es nicht.',
  'The role policy with name {name} cannot be found.':
    'Die Inline-Richtlinie {name} der Rolle gibt es nicht.',
  'Scope ARN: {arn} does not exist or is not attachable.':
    'Die Richtlinie {arn} gibt es nicht, oder sie kann keine Berechtigungsgrenze sein.',
  'Login Profile for User {name} cannot be found.': '{name} hat kein Passwort.',
  'MFA Device with serial number {serial} does not exist.': 'Den Authenticator {serial} gibt es nicht.',
  'MFA Device invalid for user. Serial number: {serial}':
    'Der Authenticator gehört nicht zu dieser Person: {serial}',
  'OpenIDConnect Provider not found for arn {arn}': 'Den OpenID-Connect-Anbieter {arn} gibt es nicht',
  'OpenId connect Provider {arn} cannot be found.': 'Den OpenID-Connect-Anbieter {arn} gibt es nicht.',
  'Manifest not found for arn {arn}': 'Den SAML-Anbieter {arn} gibt es nicht',
  'The account alias {alias} cannot be found.': 'Das Kontoalias {alias} gibt es nicht.',
  'The Public Key with id {id} cannot be found.': 'Den SSH-Schlüssel {id} gibt es nicht.',
  'The Certificate with id {id} cannot be found.': 'Das Zertifikat {id} gibt es nicht.',
  'No such credential {id} exists': 'Die dienstspezifischen Zugangsdaten {id} gibt es nicht',
  'No such service {service} is supported for Service Specific Credentials. The services are: {services}.':
    'Für den Dienst {service} gibt es keine dienstspezifischen Zugangsdaten. Es gibt sie für: {services}.',
  'User with name {name} already exists.': 'Eine Person namens {name} gibt es bereits.',
  'Group with name {name} already exists.': 'Eine Gruppe namens {name} gibt es bereits.',
  'Instance Profile {name} already exists.': 'Ein Instanzprofil namens {name} gibt es bereits.',
  'Login Profile for user {name} already exists.': '{name} hat bereits ein Passwort.',
  'MFA device already exists.': 'Den Authenticator gibt es bereits.',
  'MFA Device for user {user} already exists.': 'Dieser Authenticator gehört bereits zu {user}.',
  'MFA Device is already in use.': 'Der Authenticator wird bereits verwendet.',
  'Provider with url {url} already exists.': 'Einen Anbieter mit der URL {url} gibt es bereits.',
  'Provider with name {name} already exists.': 'Einen Anbieter namens {name} gibt es bereits.',
  'The account alias {alias} already exists.': 'Das Kontoalias {alias} gibt es bereits.',
  'Cannot delete entity, must delete access keys first.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst die Zugriffsschlüssel.',
  'Cannot delete entity, must remove tokens from principal first.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst den Authenticator.',
  'Cannot delete entity, must delete SSH public keys first.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst die SSH-Schlüssel.',
  'Cannot delete entity, must delete certificates first.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst die Signaturzertifikate.',
  'Cannot delete entity, must remove referenced objects first. These are service-specific credentials.':
    'Kann nicht gelöscht werden: Löschen Sie zuerst die dienstspezifischen Zugangsdaten.',
  'Cannot delete entity, must delete login profile first.':
    'Kann nicht gelöscht werden: Entfernen Sie zuerst das Passwort.',
  'Cannot delete entity, must remove users from group first.':
    'Kann nicht gelöscht werden: Entfernen Sie zuerst die Mitglieder aus der Gruppe.',
  'Cannot delete the default version of a policy.':
    'Die gültige Version einer Richtlinie kann nicht gelöscht werden.',
  'MFA VirtualDevice in use. Must deactivate first.':
    'Der Authenticator wird verwendet. Deaktivieren Sie ihn zuerst.',
  'The specified value for {name} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-':
    'Der Wert für {name} ist ungültig. Erlaubt sind nur Buchstaben, Ziffern und +=,.@_-',
  'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.':
    'Der Pfad ist ungültig. Er muss mit / beginnen und enden und darf nur Buchstaben, Ziffern und / enthalten.',
  'The specified value for accountAlias is invalid. It must not be 12 digits, as the ID of an account is.':
    'Das Kontoalias ist ungültig. Es darf nicht aus 12 Ziffern bestehen wie die ID eines Kontos.',
  'Maximum policy size of {count} bytes exceeded for {kind} {name}':
    'Die Richtlinien von {kind} {name} haben zusammen mehr als {count} Byte',
  'The number of tags has reached the maximum limit. Cannot exceed quota for {quota}: {count}':
    'Es gibt schon so viele Tags wie erlaubt. Kontingent {quota}: {count}',
  'Tag keys beginning with aws: are reserved for system use.':
    'Schlüssel von Tags, die mit aws: beginnen, sind dem System vorbehalten.',
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.':
    'Ein Tag-Schlüssel kommt doppelt vor. Groß- und Kleinschreibung zählt bei Tag-Schlüsseln nicht.',
  'you have asked for access many times within the last hour: try again later':
    'Sie haben in der letzten Stunde oft um Zugriff gebeten: Versuchen Sie es später erneut',
  'you have {count} open requests: wait for a decision, or withdraw one':
    'Sie haben {count} offene Anfragen: Warten Sie auf eine Entscheidung, oder ziehen Sie eine zurück',
  'only a person asks for access': 'nur Personen können Zugriff anfragen',
  'the request is {state}: it was decided or withdrawn meanwhile':
    'die Anfrage ist nicht mehr offen ({state}): Über sie wurde inzwischen entschieden, oder sie wurde zurückgezogen',
  'there is no such role that can be asked for':
    'diese Rolle gibt es nicht, oder sie kann nicht angefragt werden',
  'a guardrail has at most {count} characters': 'eine Leitplanke hat höchstens {count} Zeichen',
  'an account has at most {count} guardrails': 'ein Konto hat höchstens {count} Leitplanken',
  'the account has no guardrail `{name}`': 'das Konto hat keine Leitplanke `{name}`',
  'the last guardrail stays: put one that allows everything in its place':
    'die letzte Leitplanke bleibt: Ersetzen Sie sie durch eine, die alles erlaubt',
  'the first account manages the others: it is neither closed nor limited':
    'das erste Konto verwaltet die anderen: Es wird weder geschlossen noch eingeschränkt',
  'Outbound identity federation is disabled for account {account}':
    'Identitätstoken für fremde Dienste sind im Konto {account} nicht aktiviert',
  'Outbound web identity federation is already enabled for this account':
    'Identitätstoken für fremde Dienste sind in diesem Konto bereits aktiviert',
  'an account has at most {count} saved views': 'ein Konto hat höchstens {count} gespeicherte Ansichten',
  'The security token included in the request is invalid.': 'Die Zugangsdaten der Anfrage sind ungültig.',
  'Request is missing Authentication Token': 'Der Anfrage fehlen Zugangsdaten',
  'the account is closed': 'das Konto ist geschlossen',
  "the {kind}'s principal was deleted": '{kind}: Der Prinzipal wurde gelöscht',
  'the principal is of another account': 'der Prinzipal gehört zu einem anderen Konto',
  'the user was deleted or disabled': 'die Person wurde gelöscht oder deaktiviert',
  'the session was revoked by {scope} `{value}`': 'die Sitzung wurde widerrufen: {scope} `{value}`',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because the session was made without MFA':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen, denn die Sitzung entstand ohne zweiten Faktor',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because federated users cannot call IAM, STS or the admin API':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen, denn föderierte Benutzer dürfen IAM, STS und die Admin-API nicht aufrufen',
  "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS":
    'Die geschützte Rolle „{name}“ kann nicht geändert werden',
  'Must specify userName when calling with non-User credentials':
    'Ohne Zugangsdaten einer Person muss userName angegeben werden',
  'The user with name {name} does not have a permissions boundary.': '{name} hat keine Berechtigungsgrenze.',
  'The role with name {name} does not have a permissions boundary.': '{name} hat keine Berechtigungsgrenze.',
  'Authentication code for device is not valid.': 'Der Code des Authenticators ist nicht gültig.',
  'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.':
    'Melden Sie sich dafür mit einem eigenen Authenticator an.',
  'ARN {arn} is not valid.': 'Die ARN {arn} ist nicht gültig.',
  'ARN {arn} cannot be found.': 'Die ARN {arn} gibt es nicht.',
  'the {kind} was deleted': '{kind}: gelöscht',
  'you can have {count} passkeys; remove one first':
    'Sie können {count} Passkeys haben; entfernen Sie zuerst einen',
  'this passkey is in use already': 'dieser Passkey wird bereits verwendet',
  'another factor was added meanwhile': 'inzwischen wurde ein anderer Faktor hinzugefügt',
  'not bound to one device': 'nicht an ein Gerät gebunden',
  'unknown passkey': 'unbekannter Passkey',
  'gone, disabled, or passkeys are refused': 'gelöscht, deaktiviert oder Passkeys sind nicht erlaubt',
  'passkey of another user': 'Passkey einer anderen Person',
  'other user handle': 'Passkey für jemand anderen',
  'the passkey was copied': 'der Passkey wurde kopiert',
  'the counter went back: the passkey was copied': 'der Zähler ging zurück: Der Passkey wurde kopiert',
  'you have no such passkey': 'diesen Passkey haben Sie nicht',
  'you have no such authenticator app': 'diese Authenticator-App haben Sie nicht',
  'you have no such access key': 'diesen Zugriffsschlüssel haben Sie nicht',
  'passkeys are not allowed here': 'Passkeys sind hier nicht erlaubt',
  'the token of the browser is not its current one: it may have been copied, so the browser is no longer trusted':
    'das Token des Browsers ist nicht das aktuelle: Es wurde vielleicht kopiert, daher wird dem Browser nicht mehr vertraut',
  'Password should not be made of the name of its user':
    'Das Passwort darf nicht aus dem Benutzernamen gebildet sein',
  'Password should not be the one you were given': 'Das Passwort darf nicht das sein, das Sie erhalten haben',
  'Only IAM Users can change their own password': 'Nur Personen können ihr eigenes Passwort ändern',
  'The old password was incorrect.': 'Das alte Passwort war falsch.',
  'The new password must not be the old one.': 'Das neue Passwort darf nicht das alte sein.',
  'The password has expired; an administrator must set a new one.':
    'Das Passwort ist abgelaufen; die Administration muss ein neues setzen.',
  'the password was changed meanwhile; try again':
    'das Passwort wurde inzwischen geändert; versuchen Sie es erneut',
  'the password was changed meanwhile': 'das Passwort wurde inzwischen geändert',
  'the password was changed already; sign in with the new one':
    'das Passwort wurde bereits geändert; melden Sie sich mit dem neuen an',
  'new recovery codes were just made; try again':
    'gerade wurden neue Wiederherstellungscodes erstellt; versuchen Sie es erneut',
  'too many attempts; wait a moment and try again':
    'zu viele Versuche; warten Sie einen Moment und versuchen Sie es erneut',
  'too many attempts': 'zu viele Versuche',
  'all that were made from sign-ins by the password; access keys go on':
    'alle aus Anmeldungen mit dem Passwort; Zugriffsschlüssel gelten weiter',
  'the request has no credentials': 'die Anfrage hat keine Zugangsdaten',
  'the external id `{id}` is taken': 'die externe ID `{id}` ist vergeben',
  'the bearer token is not valid': 'das Bearer-Token ist nicht gültig',
  'identity_providers: the name `{name}` belongs to another provider already; choose another':
    'identity_providers: Der Name `{name}` gehört bereits einem anderen Anbieter; wählen Sie einen anderen',
  'is changed by disabling and enabling the provider':
    'wird durch Deaktivieren und Aktivieren des Anbieters geändert',
  'a client id must have 1 to 255 characters': 'eine Client-ID muss 1 bis 255 Zeichen haben',
  'Thumbprint list must contain at least one entry.':
    'Die Liste der Fingerabdrücke muss mindestens einen Eintrag haben.',
  'Unknown: the URL of a provider has no query and no fragment':
    'die URL eines Anbieters hat weder Abfrage noch Fragment',
  'Thumbprint list must contain fewer than 5 entries.':
    'Es dürfen höchstens 5 Fingerabdrücke angegeben werden.',
  'Thumbprint must be 40 hexadecimal characters': 'Ein Fingerabdruck muss aus 40 Hexadezimalzeichen bestehen',
  'MaxSessionDuration must be between 3600 and 43200 seconds':
    'die längste Sitzung muss zwischen 3600 und 43200 Sekunden dauern',
  'the user is disabled': 'die Person ist deaktiviert',
  'the user is gone': 'die Person gibt es nicht mehr',
  'you cannot sign in here': 'Sie können sich hier nicht anmelden',
  'a user with this address is here already': 'eine Person mit dieser Adresse gibt es hier bereits',
  'the provider may not create users': 'der Anbieter darf keine Personen anlegen',
  'not joined: {why}': 'nicht verknüpft: {why}',
  'no name is left for a new user': 'für eine neue Person ist kein Name mehr frei',
  'the identity is another user’s': 'die Identität gehört jemand anderem',
  'this identity belongs to another user here': 'diese Identität gehört hier jemand anderem',
  'this identity cannot be joined to a user here': 'diese Identität kann hier mit niemandem verknüpft werden',
  'a user has at most {count} identities; disconnect one before you connect another':
    'eine Person hat höchstens {count} Identitäten; trennen Sie eine, bevor Sie eine weitere verbinden',
  'this is your only way to sign in; add another one first':
    'das ist Ihre einzige Anmeldemethode; fügen Sie zuerst eine weitere hinzu',
  'this link cannot be used any more': 'dieser Link kann nicht mehr verwendet werden',
  'the directory knows no such name and password':
    'das Verzeichnis kennt diesen Namen mit diesem Passwort nicht',
  'enter an e-mail address of at most 64 letters, digits and `{signs}`':
    'geben Sie eine E-Mail-Adresse mit höchstens 64 Buchstaben, Ziffern und `{signs}` ein',
  'people with this address sign in with {provider}; no account is needed':
    'Personen mit dieser Adresse melden sich mit {provider} an; ein Konto ist nicht nötig',
  'accounts with an address of this domain are created by an administrator':
    'Konten mit einer Adresse dieser Domain legt die Administration an',
  'too many access keys are being created at once; try again':
    'zu viele Zugriffsschlüssel werden gleichzeitig erstellt; versuchen Sie es erneut',
  'the user name or password is not valid for this service':
    'Benutzername oder Passwort ist für diesen Dienst nicht gültig',
  'no such credential, or another password': 'solche Zugangsdaten gibt es nicht, oder ein anderes Passwort',
  'the credential is for another service': 'die Zugangsdaten sind für einen anderen Dienst',
  'the credential is inactive': 'die Zugangsdaten sind inaktiv',
  'the credential has expired': 'die Zugangsdaten sind abgelaufen',
  'Operation does not support status {status}: it must be Active or Inactive':
    'der Status muss Active oder Inactive sein, nicht {status}',
  'Duplicate certificate uploaded.': 'Dieses Zertifikat gehört bereits zu einer Person des Kontos.',
  'Duplicate SSH public key uploaded.': 'Dieser SSH-Schlüssel gehört bereits zu dieser Person.',
  'this response does not belong to a sign-in that was started here; return to the application and start again':
    'diese Antwort gehört zu keiner Anmeldung, die hier begonnen wurde; kehren Sie zur Anwendung zurück und beginnen Sie neu',
  'this response does not belong to this sign-in': 'diese Antwort gehört nicht zu dieser Anmeldung',
  'this response was already used': 'diese Antwort wurde bereits verwendet',
  'this sign-out request was already used': 'diese Abmeldeanfrage wurde bereits verwendet',
  'you are not allowed to sign in this way': 'auf diese Weise dürfen Sie sich nicht anmelden',
  'this step comes after the password': 'dieser Schritt kommt nach dem Passwort',
  'that application has no access to withdraw':
    'diese Anwendung hat keinen Zugriff, der widerrufen werden könnte',
  'that identity is no longer connected': 'diese Identität ist nicht mehr verbunden',
  'that session has already ended': 'diese Sitzung ist bereits beendet',
  'Syntax errors in policy. {fault}': 'Die Richtlinie hat Syntaxfehler. {fault}',
  'Policy document must be version 2012-10-17 or greater. {fault}':
    'Die Version der Richtlinie muss 2012-10-17 sein. {fault}',
  'Policy document should not specify a principal. {fault}':
    'Diese Richtlinie darf keinen Prinzipal nennen. {fault}',
  'The policy failed legacy parsing {fault}': 'Die Richtlinie hat nicht die richtige Form. {fault}',
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* {fault}':
    'Sid darf nur Buchstaben und Ziffern enthalten. {fault}',
  'Statement IDs (SID) in a single policy must be unique. {fault}':
    'Jedes Sid darf in einer Richtlinie nur einmal vorkommen. {fault}',
  'The Statement Ids in the policy are not unique {fault}':
    'Jedes Sid darf in einer Richtlinie nur einmal vorkommen. {fault}',
  'Policy statement must contain actions. {fault}': 'Jede Anweisung muss Aktionen enthalten. {fault}',
  'Policy statement must contain resources. {fault}': 'Jede Anweisung muss Ressourcen enthalten. {fault}',
  'Resource  must be in ARN format or "*". {fault}': 'Eine Ressource muss eine ARN oder "*" sein. {fault}',
  'Resource vendor must be fully qualified and cannot contain regexes. {fault}':
    'Der Dienst in der ARN einer Ressource darf keine Platzhalter enthalten. {fault}',
  'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. {fault}':
    'Vor jeder Aktion muss ein Dienst stehen, etwa iam. {fault}',
  'Actions/Condition can contain only one colon. {fault}':
    'Eine Aktion darf nur einen Doppelpunkt enthalten. {fault}',
  'Vendor {service} is not valid {fault}': 'Der Dienst {service} ist nicht gültig. {fault}',
  'This policy contains invalid Json {fault}': 'Die Richtlinie ist kein gültiges JSON. {fault}',
  'The policy must contain a valid version string {fault}':
    'Die Richtlinie muss eine gültige Version haben. {fault}',
  'Could not parse the policy: Statement is empty! {fault}': 'Die Richtlinie hat keine Anweisungen. {fault}',
  'Missing required field {field} {fault}': '{field} fehlt. {fault}',
  'Missing required field Principal cannot be empty! {fault}': 'Principal darf nicht leer sein. {fault}',
  'Invalid effect: {effect} {fault}': 'Effect ist ungültig: {effect}. {fault}',
  'Allow with NotPrincipal is not allowed. {fault}': 'Allow ist mit NotPrincipal nicht erlaubt. {fault}',
  'AssumeRole policy must not contain NotPrincipal field. {fault}':
    'Eine Vertrauensrichtlinie darf kein NotPrincipal enthalten. {fault}',
  'Has prohibited field Resource {fault}': 'Eine Vertrauensrichtlinie darf keine Resource enthalten. {fault}',
  'AssumeRole policy must not contain resources. {fault}':
    'Eine Vertrauensrichtlinie darf keine Ressourcen enthalten. {fault}',
  'AssumeRole policy may only specify STS AssumeRole actions. {fault}':
    'Eine Vertrauensrichtlinie darf nur AssumeRole-Aktionen von STS nennen. {fault}',
  'column {at} `{name}` is the same as column {other}':
    'die Spalte {at} `{name}` ist dieselbe wie die Spalte {other}',
  'is longer than {count} characters: a quote may not be closed':
    'hat mehr als {count} Zeichen: Vielleicht ist ein Anführungszeichen nicht geschlossen',
  'client authentication failed': 'die Authentifizierung des Clients schlug fehl',
  'client is invalid': 'der Client ist ungültig',
  'client not found': 'der Client wurde nicht gefunden',
  'client mismatch': 'der Client ist ein anderer',
  "redirect_uri did not match any of the client's registered redirect_uris":
    'die redirect_uri ist keine der registrierten des Clients',
  'redirect_uri `{uri}` is not registered for the client `{client}`':
    'die redirect_uri `{uri}` ist für den Client `{client}` nicht registriert',
  'redirect_uri `{uri}` is not that of the authorization request':
    'die redirect_uri `{uri}` ist nicht die der Anmeldeanfrage',
  'authorization code redirect_uri mismatch': 'die redirect_uri ist nicht die der Anmeldeanfrage',
  'grant request is invalid': 'die Anfrage nach einem Token ist ungültig',
  'request is invalid': 'die Anfrage ist ungültig',
  'authorization code not found': 'der Autorisierungscode ist unbekannt',
  'authorization code is expired': 'der Autorisierungscode ist abgelaufen',
  'authorization code already consumed': 'der Autorisierungscode wurde bereits verwendet',
  'refresh token not found': 'das Refresh-Token ist unbekannt',
  'refresh token is expired': 'das Refresh-Token ist abgelaufen',
  'refresh token already used': 'das Refresh-Token wurde bereits verwendet',
  'refresh token was already used': 'das Refresh-Token wurde bereits verwendet',
  'the refresh token has expired': 'das Refresh-Token ist abgelaufen',
  'the code is not valid: it is unknown, was used before, has expired, or was issued to another client':
    'der Code ist ungültig: Er ist unbekannt, wurde schon verwendet, ist abgelaufen oder wurde für einen anderen Client ausgestellt',
  'the refresh token is not valid: it is unknown, was used before, was revoked, has expired, or was issued to another client':
    'das Refresh-Token ist ungültig: Es ist unbekannt, wurde schon verwendet, widerrufen, ist abgelaufen oder wurde für einen anderen Client ausgestellt',
  'the device code is not valid: it is unknown, was used before, or was issued to another client':
    'der Gerätecode ist ungültig: Er ist unbekannt, wurde schon verwendet oder wurde für einen anderen Client ausgestellt',
  'the code has expired': 'der Code ist abgelaufen',
  'grant not found': 'die Zustimmung ist unbekannt oder beendet',
  'grant is expired': 'die Zustimmung ist abgelaufen',
  'grant was already redeemed': 'wurde bereits eingelöst',
  'grant is being redeemed by another request': 'wird gerade von einer anderen Anfrage eingelöst',
  'this code was used by another request': 'dieser Code wurde von einer anderen Anfrage verwendet',
  'requested scope is not allowed': 'der angeforderte Scope ist nicht erlaubt',
  'requested grant type is not allowed for this client': 'der Client darf diesen Grant-Typ nicht verwenden',
  'requested response_type is not allowed for this client':
    'der Client darf diesen response_type nicht verwenden',
  'no client authentication mechanism provided': 'der Client hat sich nicht authentifiziert',
  'there is no client `{id}`, or it did not authenticate':
    'den Client `{id}` gibt es nicht, oder er hat sich nicht authentifiziert',
  'there is no client `{id}`': 'den Client `{id}` gibt es nicht',
  'the client `{id}` may not use the grant `{grant}`':
    'der Client `{id}` darf den Grant `{grant}` nicht verwenden',
  'the client may not ask for a resource `{resource}`':
    'der Client darf die Ressource `{resource}` nicht anfordern',
  '`{resource}` is not a resource this client may request':
    'die Ressource `{resource}` darf dieser Client nicht anfordern',
  'none of the requested scopes can be granted': 'keiner der angeforderten Scopes kann gewährt werden',
  'the user may not use this client': 'die Person darf diese App nicht verwenden',
  'this client may not assume the requested role': 'diese App darf die Rolle nicht annehmen',
  'the user denied the request': 'die Person hat die Anfrage abgelehnt',
  'End-User aborted interaction': 'die Person hat abgebrochen',
  'missing required parameter `{name}`': 'der Parameter `{name}` fehlt',
  'missing required parameter {name}': 'der Parameter {name} fehlt',
  '`code_verifier` is missing: the code was requested with PKCE':
    '`code_verifier` fehlt: Der Code wurde mit PKCE angefordert',
  '`code_verifier` does not match the `code_challenge`': '`code_verifier` passt nicht zu `code_challenge`',
  'grant_type `{grant}` is not supported': 'der Grant-Typ `{grant}` wird nicht unterstützt',
  'this sign-in has ended or began in another browser; start again':
    'diese Anmeldung ist beendet oder begann in einem anderen Browser; beginnen Sie neu',
  'another request has continued this sign-in; try again':
    'eine andere Anfrage hat diese Anmeldung fortgesetzt; versuchen Sie es erneut',
  'too many wrong codes from this address; wait a while':
    'zu viele falsche Codes von dieser Adresse; warten Sie eine Weile',
  'the application was removed': 'die Anwendung wurde entfernt',
  'the store is not reachable; try again': 'der Speicher ist nicht erreichbar; versuchen Sie es erneut',
  'will be tried again: {why}': 'wird erneut versucht: {why}',
  'given up: {why}': 'aufgegeben: {why}',
  'Not authorized to perform {action}': 'Nicht berechtigt, {action} auszuführen',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen: ausdrücklich verweigert',
  'User: {who} is not authorized to perform: {action} on resource: {resource}':
    '{who} ist nicht berechtigt, {action} für {resource} auszuführen',
  'No OpenIDConnect provider found in your account for {issuer}':
    'Für {issuer} gibt es im Konto keinen OpenID-Connect-Anbieter',
  "Specified provider doesn't exist": 'Diesen Anbieter gibt es nicht',
  '{provider} is disabled': '{provider} ist deaktiviert',
  'LDAPUsername and LDAPPassword are not correct': 'Name oder Passwort des Verzeichnisses ist falsch',
  'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.':
    'Die angeforderte Dauer übersteigt die längste Sitzung dieser Rolle.',
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining':
    'Die angeforderte Dauer übersteigt eine Stunde, die Grenze für verkettete Rollen',
  'The requested DurationSeconds exceeds the remaining lifetime of the calling session.':
    'Die angeforderte Dauer übersteigt die Restdauer der aufrufenden Sitzung.',
  'MultiFactorAuthentication failed with invalid MFA one time pass code.':
    'Der Code des zweiten Faktors ist falsch.',
  'Packed policy consumes {count}% of allotted space, please use smaller policy.':
    'Die Richtlinien belegen {count} % des verfügbaren Platzes; verwenden Sie kleinere.',
  'a request for credentials was refused': 'eine Anfrage nach Zugangsdaten wurde abgelehnt',
  'an OAuth request was refused': 'eine OAuth-Anfrage wurde abgelehnt',
  'no such access key': 'diesen Zugriffsschlüssel gibt es nicht',
  'the access key is inactive': 'der Zugriffsschlüssel ist inaktiv',
  'The access key {id} is not of this server.': 'Der Zugriffsschlüssel {id} ist nicht von diesem Server.',
  'a session key was sent without its token': 'ein Sitzungsschlüssel kam ohne sein Token',
  'a long-term key was sent with a session token': 'ein dauerhafter Schlüssel kam mit einem Sitzungs-Token',
  'the token is of another access key id': 'das Token gehört zu einer anderen Zugriffsschlüssel-ID',
  'there is no such role': 'diese Rolle gibt es nicht',
  'the role of the session was deleted': 'die Rolle der Sitzung wurde gelöscht',
  'The role of the calling session does not exist.': 'Die Rolle der aufrufenden Sitzung gibt es nicht.',
  'the identity provider {provider} of the session was deleted or is disabled':
    'der Identitätsanbieter {provider} der Sitzung wurde gelöscht oder ist deaktiviert',
  'the subject token is unknown, expired or revoked':
    'das vorgelegte Token ist unbekannt, abgelaufen oder widerrufen',
  'the subject token is not acceptable': 'das vorgelegte Token wird nicht akzeptiert',
  'the subject token is not for `{client}`': 'das vorgelegte Token ist nicht für `{client}`',
  'the subject token was issued to {client} and is not meant for {other}':
    'das vorgelegte Token wurde für {client} ausgestellt und ist nicht für {other} bestimmt',
  'the user has not consented that this client assumes roles for them: the scope `roles` is missing':
    'die Person hat nicht zugestimmt, dass diese App Rollen für sie annimmt: Der Scope `roles` fehlt',
  'this DPoP proof was already used; make a new one':
    'dieser DPoP-Nachweis wurde bereits verwendet; erstellen Sie einen neuen',
  'the token is not of the workload that acts for this client':
    'das Token gehört nicht zum Workload, der für diese App handelt',
  'the request was signed for host `{host}`, received as `{received}`, and the issuer of this server is at `{issuer}`: set CHANCERY_ISSUER to the URL that clients use, or let the proxy keep the Host header':
    'die Anfrage wurde für den Host `{host}` signiert, kam als `{received}` an, und der Aussteller dieses Servers ist `{issuer}`: Setzen Sie CHANCERY_ISSUER auf die URL, die Clients verwenden, oder lassen Sie den Proxy den Host-Header beibehalten',
  'the identity provider did not sign you in': 'der Identitätsanbieter hat Sie nicht angemeldet',
  'the identity provider’s response could not be verified':
    'die Antwort des Identitätsanbieters konnte nicht geprüft werden',
  'the identity provider’s response has expired': 'die Antwort des Identitätsanbieters ist abgelaufen',
  'the identity provider did not send a permanent identifier for you':
    'der Identitätsanbieter hat keine dauerhafte Kennung für Sie gesendet',
  'the provider was changed in the meantime': 'der Anbieter wurde inzwischen geändert',
  'no code in the answer': 'die Antwort enthält keinen Code',
  'the token endpoint refused the code: {why}': 'der Token-Endpunkt hat den Code abgelehnt: {why}',
  'the token endpoint refused us: {why}': 'der Token-Endpunkt hat uns abgelehnt: {why}',
  'the token endpoint returned no ID token': 'der Token-Endpunkt hat kein ID-Token geliefert',
  'the ID token belongs to another sign-in: `nonce` differs':
    'das ID-Token gehört zu einer anderen Anmeldung: `nonce` ist anders',
  'the ID token is for another client': 'das ID-Token ist für einen anderen Client',
  'the ID token is of another issuer': 'das ID-Token stammt von einem anderen Aussteller',
  'the ID token was issued to another client: `azp`':
    'das ID-Token wurde für einen anderen Client ausgestellt: `azp`',
  'the user did not authenticate again: `auth_time` is too old':
    'die Person hat sich nicht erneut angemeldet: `auth_time` ist zu alt',
  "userinfo's `{claim}` is no subject": '`{claim}` aus userinfo ist kein Subject',
  'the SAML response is not acceptable': 'die SAML-Antwort wird nicht akzeptiert',
  'the SAML response has expired': 'die SAML-Antwort ist abgelaufen',
  'the metadata of the provider has expired': 'die Metadaten des Anbieters sind abgelaufen',
  'the Assertion is for another audience': 'die Assertion ist für eine andere Audience',
  'the Assertion has no audience': 'die Assertion hat keine Audience',
  'the Assertion is not valid yet': 'die Assertion ist noch nicht gültig',
  'the Assertion was issued in the future': 'die Assertion wurde in der Zukunft ausgestellt',
  'the Assertion is not signed': 'die Assertion ist nicht signiert',
  'the Response is not signed': 'die Response ist nicht signiert',
  'nothing is signed': 'nichts ist signiert',
  'the assertion must be encrypted': 'die Assertion muss verschlüsselt sein',
  'the signature does not verify with any certificate of the provider':
    'die Signatur passt zu keinem Zertifikat des Anbieters',
  'Issuer is not the entity id of the provider': 'der Issuer ist nicht die Entity-ID des Anbieters',
  'Recipient is not the address of this server': 'der Recipient ist nicht die Adresse dieses Servers',
  'Destination is not the address of this server': 'die Destination ist nicht die Adresse dieses Servers',
  'NameID must be of the format {format}': 'die NameID muss das Format {format} haben',
  'the attribute `{name}` must have one value': 'das Attribut `{name}` muss genau einen Wert haben',
  'the encrypted assertion cannot be decrypted': 'die Assertion kann nicht entschlüsselt werden',
  'the directory refused this user': 'das Verzeichnis hat diese Person abgelehnt',
  'the name matches more than one entry: {names}': 'der Name passt zu mehreren Einträgen: {names}',
  'the account has expired': 'das Konto ist abgelaufen',
  'the account is disabled': 'das Konto ist deaktiviert',
  'the account is locked': 'das Konto ist gesperrt',
  'the password has expired': 'das Passwort ist abgelaufen',
  'the password must be changed': 'das Passwort muss geändert werden',
  'your password has expired; change it at your organization, then sign in again':
    'Ihr Passwort ist abgelaufen; ändern Sie es bei Ihrer Organisation und melden Sie sich dann erneut an',
  'your password must be changed; change it at your organization, then sign in again':
    'Ihr Passwort muss geändert werden; ändern Sie es bei Ihrer Organisation und melden Sie sich dann erneut an',
  'not allowed to sign in at this time': 'zu dieser Zeit ist keine Anmeldung erlaubt',
  'not allowed to sign in from here': 'von hier ist keine Anmeldung erlaubt',
  '{Conditions}, or {others}': '{Conditions}, oder {others}',
  'policy document has 1 fault: {faults}': 'das Dokument hat 1 Fehler: {faults}',
  'policy document has {count} faults: {faults}': 'das Dokument hat {count} Fehler: {faults}',
  'line {line}, column {column}: {fault}': 'Zeile {line}, Spalte {column}: {fault}',
  'must be typed again, because it was typed for other servers or too long ago':
    'muss neu eingegeben werden, weil es für andere Server oder vor zu langer Zeit eingegeben wurde',
  'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`':
    'braucht nach `spiffe://` eine Vertrauensdomäne aus Kleinbuchstaben, Ziffern und `. _ -`',
  'Name a person.': 'Nennen Sie eine Person.',
  'Name a group.': 'Nennen Sie eine Gruppe.',
  'Name a role.': 'Nennen Sie eine Rolle.',
  'is taken': 'ist vergeben',
  'Invalid Marker.': 'Diese Seite der Liste gibt es nicht mehr.',
  'no {kind} is named': 'kein Name angegeben: {kind}',
  '1 validation error detected: {fault}': '1 ungültiger Wert: {fault}',
  "Value at '{name}' failed to satisfy constraint: {what}": '{name}: {what}',
  'Member must not be null': 'darf nicht fehlen',
  'Member must have length greater than or equal to {count}': 'muss mindestens {count} Zeichen haben',
  'Member must have length less than or equal to {count}': 'darf höchstens {count} Zeichen haben',
  'Member must have value greater than or equal to {count}': 'muss mindestens {count} sein',
  'Member must have value less than or equal to {count}': 'darf höchstens {count} sein',
  'Member must be between {least} and {most}': 'muss zwischen {least} und {most} liegen',
  'Member must satisfy enum value set: {values}': 'muss einer dieser Werte sein: {values}',
  'Member must satisfy regular expression pattern: {pattern}': 'muss diesem Muster entsprechen: {pattern}',
  'signature is not strict base64url': 'die Signatur ist kein genaues base64url',
  'header is not strict base64url': 'der Header ist kein genaues base64url',
  'header is not UTF-8': 'der Header ist kein UTF-8',
  'header is not a JSON object without duplicate keys':
    'der Header ist kein JSON-Objekt ohne doppelte Schlüssel',
  'payload is not strict base64url': 'der Inhalt ist kein genaues base64url',
  'payload is not UTF-8': 'der Inhalt ist kein UTF-8',
  'payload is not a JSON object without duplicate keys':
    'der Inhalt ist kein JSON-Objekt ohne doppelte Schlüssel',
  'not three parts': 'keine drei Teile',
  'longer than this server accepts': 'länger, als dieser Server annimmt',
  'alg is not one this server takes': 'der Algorithmus (alg) wird hier nicht angenommen',
  'kid is unsafe': 'die Schlüssel-ID (kid) ist unsicher',
} as const
