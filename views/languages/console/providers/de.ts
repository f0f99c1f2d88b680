// The messages of Providers in German.
export const providers = {
  'Nobody can sign in with it until it is enabled again. People keep their accounts here.':
    'Niemand kann sich damit anmelden, bis er wieder aktiviert wird. Alle behalten ihre Konten hier.',
  'People can sign in with it again. What ended stays ended.':
    'Man kann sich wieder damit anmelden. Was beendet wurde, bleibt beendet.',
  'Its settings are lost. People keep their accounts here, but cannot sign in with it; roles that trust it give no sessions for its tokens.':
    'Seine Einstellungen gehen verloren. Alle behalten ihre Konten hier, können sich aber nicht mehr damit anmelden; Rollen, die ihm vertrauen, geben für seine Token keine Sitzungen mehr.',
  'Left empty, it stays as it is.': 'Bleibt das Feld leer, ändert sich nichts.',
  'Letters, digits and `.` `_` `-`. It is part of the addresses.':
    'Buchstaben, Ziffern und `.` `_` `-`. Er ist Teil der Adressen.',
  Title: 'Titel',
  'On its button on the sign-in page.': 'Auf seiner Schaltfläche auf der Anmeldeseite.',
  'Client ID': 'Client-ID',
  'As the provider shows it for the application that you registered there.':
    'Wie der Anbieter sie für die dort registrierte Anwendung anzeigt.',
  'Client secret': 'Client-Secret',
  'It is never shown again.': 'Es wird nie wieder angezeigt.',
  'E-mail domains': 'E-Mail-Domains',
  'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.':
    'Domains, für die dieser Anbieter zuständig ist: Wer eine solche Adresse hat, wird zu ihm geleitet, und eine von ihm bestätigte Adresse führt zur Person, der sie gehört.',
  'People who are not known here get an account': 'Wer hier nicht bekannt ist, bekommt ein Konto',
  'Second factor here': 'Zweiter Faktor hier',
  'Of everyone, unless the provider reports one': 'Alle, außer der Anbieter meldet einen',
  'Only of those who set one up here': 'Nur wer hier einen eingerichtet hat',
  Mapping: 'Zuordnung',
  'Which claims become names, groups and tags, as JSON. Without `groups` it gives none.':
    'Welche Claims zu Namen, Gruppen und Tags werden, als JSON. Ohne `groups` gibt es keine Gruppen.',
  'Signing out here signs out there as well': 'Beim Abmelden hier auch dort abmelden',
  'Exactly as in `iss`; its discovery document is below it.':
    'Genau wie in `iss`; sein Discovery-Dokument liegt darunter.',
  'Google Workspace domain': 'Google-Workspace-Domain',
  'Only its accounts may sign in. Left empty, anybody with a Google account may.':
    'Nur ihre Konten dürfen sich anmelden. Bleibt das Feld leer, darf es jeder mit einem Google-Konto.',
  'Metadata URL': 'Metadaten-URL',
  'Fetched again and again, so that new certificates count by themselves.':
    'Wird regelmäßig neu abgerufen, sodass neue Zertifikate von selbst gelten.',
  'Entity ID': 'Entity-ID',
  'Of the provider, with a metadata URL.': 'Die des Anbieters, wenn eine Metadaten-URL angegeben ist.',
  'The XML itself, where there is no URL.': 'Das XML selbst, wenn es keine URL gibt.',
  Servers: 'Server',
  'One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.':
    'Einer pro Zeile, in dieser Reihenfolge versucht. Private Hosts müssen in CHANCERY_OUTBOUND_ALLOW stehen.',
  'StartTLS, for ldap:// addresses': 'StartTLS, für ldap://-Adressen',
  'Base DN': 'Basis-DN',
  'Bind DN': 'Bind-DN',
  'Who searches for people.': 'Wer nach Personen sucht.',
  'Bind password': 'Bind-Passwort',
  'User filter': 'Benutzerfilter',
  'Certificate authority': 'Zertifizierungsstelle',
  'PEM, where no public authority issued its certificate.':
    'PEM, wenn keine öffentliche Stelle sein Zertifikat ausgestellt hat.',
  'Authorization endpoint': 'Autorisierungsendpunkt',
  'Where browsers are sent.': 'Wohin Browser geleitet werden.',
  'Token endpoint': 'Token-Endpunkt',
  'Where the code is redeemed.': 'Wo der Code eingelöst wird.',
  'User endpoint': 'Benutzerendpunkt',
  'Returns the person as a JSON object.': 'Liefert die Person als JSON-Objekt.',
  Namespace: 'Namespace',
  'Any URL of theirs that stays.': 'Irgendeine dauerhafte URL des Anbieters.',
  Subject: 'Subject',
  'The field that never changes and is never given to anybody else.':
    'Das Feld, das sich nie ändert und nie an jemand anderen vergeben wird.',
  'Left empty, it is github.com.': 'Bleibt das Feld leer, ist es github.com.',
  '{where}: the redirect URI (callback URL) of the application.':
    '{where}: die Redirect-URI (Callback-URL) der Anwendung.',
  'With the id of your tenant, not `common`.': 'Mit der ID Ihres Mandanten, nicht `common`.',
  'The address of your organization, or of an authorization server.':
    'Die Adresse Ihrer Organisation oder eines Autorisierungsservers.',
  'The domain of your tenant, with the slash at its end.':
    'Die Domain Ihres Mandanten, mit dem Schrägstrich am Ende.',
  'The address of the realm.': 'Die Adresse des Realms.',
  '{where}, with the scopes openid, profile and email: the redirect URI (callback URL) of the application.':
    '{where}, mit den Scopes openid, profile und email: die Redirect-URI (Callback-URL) der Anwendung.',
  'gitlab.com, or the address of your GitLab.': 'gitlab.com oder die Adresse Ihres GitLab.',
  'Any OpenID Connect provider': 'Anderer OpenID-Connect-Anbieter',
  'As the redirect URI (callback URL) of the application.': 'Als Redirect-URI (Callback-URL) der Anwendung.',
  'Any OAuth 2 provider': 'Anderer OAuth-2-Anbieter',
  'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.':
    'Als Service Provider: mit diesen Metadaten oder mit der Entity-ID und dem Assertion Consumer Service.',
  'LDAP or Active Directory': 'LDAP oder Active Directory',
  'New provider': 'Neuer Anbieter',
  'Check and create': 'Prüfen und erstellen',
  'Create anyway': 'Trotzdem erstellen',
  'The provider was created. People can sign in with it.':
    'Der Anbieter wurde erstellt. Man kann sich damit anmelden.',
  'The provider was saved.': 'Der Anbieter wurde gespeichert.',
  'The provider is disabled.': 'Der Anbieter ist deaktiviert.',
  'The provider is enabled.': 'Der Anbieter ist aktiviert.',
  'The provider was deleted.': 'Der Anbieter wurde gelöscht.',
  'Checked with the keys of the provider, and not kept.':
    'Wird mit den Schlüsseln des Anbieters geprüft und nicht gespeichert.',
  Claims: 'Claims',
  'JSON, as if the provider had sent it.': 'JSON, als hätte der Anbieter es gesendet.',
  Try: 'Ausprobieren',
  'With what do people sign in?': 'Womit meldet man sich an?',
  'Only check': 'Nur prüfen',
  'New provider: {kind}': 'Neuer Anbieter: {kind}',
  'This provider comes from the configuration file, and is changed there, under `identity_providers`.':
    'Dieser Anbieter stammt aus der Konfigurationsdatei und wird dort unter `identity_providers` geändert.',
  'It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.':
    'Er stand in einer früheren Konfigurationsdatei, und niemand meldet sich damit an. Ändern Sie hier seine Einstellungen, um ihn wieder zu verwenden, oder löschen Sie ihn.',
  For: 'Für',
  'People who sign in': 'Personen, die sich anmelden',
  'Check now': 'Jetzt prüfen',
  'Set. It is not shown.': 'Festgelegt. Der Wert wird nicht angezeigt.',
  'Set by API or file': 'Per API oder Datei festgelegt',
  '{beginning}… ({count} characters)': '{beginning}… ({count} Zeichen)',
  'Change it': 'Ändern',
  'Change settings': 'Einstellungen ändern',
  'Register at the provider': 'Beim Anbieter registrieren',
  'Metadata, and entity ID': 'Metadaten und Entity-ID',
  'Redirect URI': 'Redirect-URI',
  'Assertion consumer service': 'Assertion Consumer Service',
  'Where browsers return to after a sign-out': 'Wohin Browser nach einer Abmeldung zurückkehren',
  'Where people sign in, and whose tokens workloads bring.':
    'Wo man sich anmeldet und wessen Token Workloads vorlegen.',
  'Identity providers': 'Identitätsanbieter',
  'None yet. People sign in with a password or a passkey. A provider for workloads is made together with a {role}.':
    'Noch keiner. Man meldet sich mit Passwort oder Passkey an. Ein Anbieter für Workloads entsteht zusammen mit einer {role}.',
  role: 'Rolle',
  High: 'Hoch',
  Medium: 'Mittel',
  Low: 'Niedrig',
  'Does it answer?': 'Antwortet er?',
  'This kind has nothing that is asked.': 'Bei dieser Art gibt es nichts abzufragen.',
  Passes: 'Bestanden',
  Fails: 'Fehlgeschlagen',
  Warnings: 'Warnungen',
  'No warnings.': 'Keine Warnungen.',
  'Try it': 'Ausprobieren',
  'What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.':
    'Was eine Anmeldung aus einem ID-Token oder aus Claims machen würde. Nichts wird gespeichert, und niemand wird angemeldet.',
  Token: 'Token',
  'Display name': 'Anzeigename',
  Tags: 'Tags',
  'Second factor': 'Zweiter Faktor',
  'The token was not checked.': 'Das Token wurde nicht geprüft.',
  'If it is valid: {outcome}': 'Wenn es gültig ist: {outcome}',
  'Would sign in as {user}, who {why}.': 'Würde {user} anmelden: {why}.',
  'Would join {user}: {why}.': 'Würde mit {user} verbunden: {why}.',
  'Would create {user}: {why}.': 'Würde {user} anlegen: {why}.',
  'Would be refused: {why}.': 'Würde abgelehnt: {why}.',
  Valid: 'Gültig',
  'Signature, issuer, audience and times.': 'Signatur, Aussteller, Audience und Zeiten.',
  'Not checked': 'Nicht geprüft',
  '{email}, verified': '{email}, bestätigt',
  '{email}, not verified': '{email}, nicht bestätigt',
  '{name} (no such group here)': '{name} (hier gibt es keine solche Gruppe)',
  'The provider asked for it.': 'Der Anbieter hat ihn abgefragt.',
  'Asked for here.': 'Wird hier abgefragt.',
  'Asked for here of those who have one.': 'Wird hier von denen abgefragt, die einen haben.',
  'Further settings': 'Weitere Einstellungen',
  'Who may sign in': 'Wer sich anmelden darf',
  'Rules as in the mapping, as JSON. Each must find a value, or the sign-in is refused.':
    'Regeln wie in der Zuordnung, als JSON. Jede muss einen Wert finden, sonst wird die Anmeldung abgelehnt.',
  Scopes: 'Scopes',
  'How the client secret is sent': 'Wie das Client-Secret gesendet wird',
  'Methods that are a second factor': 'Methoden, die als zweiter Faktor gelten',
  'Left empty: `openid`, `profile` and `email`.': 'Bleibt das Feld leer: `openid`, `profile` und `email`.',
  'Signature algorithms': 'Signaturalgorithmen',
  'Of its ID tokens. Left empty: `RS256`, `ES256`, `PS256` and `EdDSA`.':
    'Seiner ID-Token. Bleibt das Feld leer: `RS256`, `ES256`, `PS256` und `EdDSA`.',
  'JWK or PEM, in the place of the client secret: assertions are signed with it (`private_key_jwt`). It is never shown again.':
    'JWK oder PEM, anstelle des Client-Secrets: Damit werden Assertions signiert (`private_key_jwt`). Er wird nie wieder angezeigt.',
  'Claims are read from the userinfo endpoint as well': 'Claims auch vom Userinfo-Endpunkt lesen',
  'Values of `amr` by which the provider reports one, for instance `mfa`.':
    'Werte von `amr`, mit denen der Anbieter einen meldet, etwa `mfa`.',
  'Context classes that are a second factor': 'Kontextklassen, die als zweiter Faktor gelten',
  'Values of `acr` by which the provider reports one.':
    'Werte von `acr`, mit denen der Anbieter einen meldet.',
  'Left empty: `read:user` and `user:email`.': 'Bleibt das Feld leer: `read:user` und `user:email`.',
  'What is asked of the provider.': 'Was beim Anbieter angefragt wird.',
  'Addresses endpoint': 'Adressendpunkt',
  'Returns a list of objects with `email`, `verified` and `primary`.':
    'Liefert eine Liste von Objekten mit `email`, `verified` und `primary`.',
  'Base DN of groups': 'Basis-DN der Gruppen',
  'Groups below it that contain the person are looked up. While all fields of groups are empty, none are; with Active Directory, those below the base DN.':
    'Darunter werden die Gruppen gesucht, die die Person enthalten. Sind alle Felder zu Gruppen leer, werden keine gesucht; bei Active Directory die unter dem Basis-DN.',
  'Group filter': 'Gruppenfilter',
  'With `{dn}` in the place of the person.': 'Mit `{dn}` an der Stelle der Person.',
  'Name of groups': 'Name der Gruppen',
  'The attribute with it; `dn` is the whole name.': 'Das Attribut mit ihm; `dn` ist der ganze Name.',
  'Levels of groups in groups': 'Ebenen von Gruppen in Gruppen',
  '1 to 20.': '1 bis 20.',
  'Certificate of the metadata': 'Zertifikat der Metadaten',
  'PEM. The metadata of the URL must be signed with it.':
    'PEM. Die Metadaten der URL müssen damit signiert sein.',
  'What the provider must sign': 'Was der Anbieter signieren muss',
  'The assertion': 'Die Assertion',
  'The response': 'Die Antwort',
  'The assertion and the response': 'Die Assertion und die Antwort',
  'One of the two': 'Eines von beiden',
  'PEM. The provider verifies requests of this server with it.':
    'PEM. Damit prüft der Anbieter Anfragen dieses Servers.',
  'PEM, of that certificate: requests of this server are signed with it. It is never shown again.':
    'PEM, zu diesem Zertifikat: Damit werden Anfragen dieses Servers signiert. Er wird nie wieder angezeigt.',
  'Only encrypted assertions are accepted': 'Nur verschlüsselte Assertions annehmen',
  'Certificates for encryption': 'Zertifikate zur Verschlüsselung',
  'PEM, the newest first, at most three. A certificate that is removed is removed with its key.':
    'PEM, das neueste zuerst, höchstens drei. Mit einem Zertifikat wird auch sein Schlüssel entfernt.',
  'Private keys for encryption': 'Private Schlüssel zur Verschlüsselung',
  'PEM, in the order of the certificates, from the first on. Keys of certificates that were here before stay. They are never shown again.':
    'PEM, in der Reihenfolge der Zertifikate, ab dem ersten. Schlüssel von Zertifikaten, die schon da waren, bleiben. Sie werden nie wieder angezeigt.',
  'Context classes, or methods of Microsoft Entra ID, by which the provider reports one, for instance {example}.':
    'Kontextklassen oder Methoden von Microsoft Entra ID, mit denen der Anbieter einen meldet, etwa {example}.',
  'What you typed is kept. Leave it empty to use that.':
    'Ihre Eingabe bleibt erhalten. Lassen Sie das Feld leer, um sie zu verwenden.',
  'Enabled|provider': 'Aktiviert',
  'Disabled|provider': 'Deaktiviert',
  'End what began with {name}?': 'Beenden, was mit {name} begann?',
  'People sign in with it again when they come back. Do this after a key or a server of the provider was stolen and its settings were changed.':
    'Wer wiederkommt, meldet sich neu damit an. Tun Sie das, nachdem ein Schlüssel oder Server des Anbieters gestohlen und seine Einstellungen geändert wurden.',
  'End sessions': 'Sitzungen beenden',
  'The provider was saved. What began with it before goes on: end the sessions if its earlier keys or server are no longer to be trusted.':
    'Der Anbieter wurde gespeichert. Was vorher damit begann, läuft weiter: Beenden Sie die Sitzungen, wenn seinen früheren Schlüsseln oder seinem früheren Server nicht mehr zu trauen ist.',
  'Sessions, tokens and role sessions that began with the provider have ended.':
    'Sitzungen, Tokens und Rollensitzungen, die mit dem Anbieter begannen, sind beendet.',
} as const
