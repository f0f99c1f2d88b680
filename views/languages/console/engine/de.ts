// Texts of the policy engine in German that the editor's page shows while somebody types. `{name}` stands for any text, `{Name}` for what
// kinds.ts says.
export const engine = {
  'Allows {Actions} on {where}, only if {Conditions}.':
    'Erlaubt {Actions} für {where}, nur wenn gilt: {Conditions}.',
  'Allows {Actions} on {where}.': 'Erlaubt {Actions} für {where}.',
  'Denies {Actions} on {where}, if {Conditions}.':
    'Verbietet {Actions} für {where}, wenn gilt: {Conditions}.',
  'Denies {Actions} on {where}.': 'Verbietet {Actions} für {where}.',
  everything: 'alles',
  'everything except {Names}': 'alles außer {Names}',
  'every action': 'alle Aktionen',
  'every action of `{service}`': 'alle Aktionen von `{service}`',
  'every action except every action of {Name}': 'alle Aktionen außer denen von {Name}',
  'every action except {Names}': 'alle Aktionen außer {Names}',
  '{Conditions} and {Conditions2}': '{Conditions} und {Conditions2}',
  '{Conditions}, {Conditions2}': '{Conditions}, {Conditions2}',
  '{Conditions}, when there is one': '{Conditions}, falls vorhanden',
  'every value of `{key}` {Verb} {Names}': 'jeder Wert von `{key}` {Verb} {Names}',
  'any value of `{key}` {Verb} {Names}': 'ein Wert von `{key}` {Verb} {Names}',
  '`{key}` {Verb} {Names}': '`{key}` {Verb} {Names}',
  '`{key}` is absent': '`{key}` fehlt',
  '`{key}` is present': '`{key}` ist vorhanden',
  '{Conditions} and {count} more': '{Conditions} und {count} weitere',
  '{Names} and {count} more': '{Names} und {count} weitere',
  '{Names} or one of {count} more': '{Names} oder einer von {count} weiteren',
  '{Names} or {count} more': '{Names} oder {count} weitere',
  '{Names} and {Names2}': '{Names} und {Names2}',
  '{Names} or {Names2}': '{Names} oder {Names2}',
  '{Names}, {Names2}': '{Names}, {Names2}',
  is: 'ist',
  'is not': 'ist nicht',
  'is, in any case,': 'ist (Groß- und Kleinschreibung egal)',
  'is not, in any case,': 'ist nicht (Groß- und Kleinschreibung egal)',
  'is equal to': 'ist gleich',
  'is not equal to': 'ist ungleich',
  'is at or before': 'ist spätestens',
  'is before': 'liegt vor',
  'is at or after': 'ist frühestens',
  'is after': 'liegt nach',
  'is at most': 'ist höchstens',
  'is below': 'liegt unter',
  'is at least': 'ist mindestens',
  'is above': 'liegt über',
  'is in': 'liegt in',
  'is not in': 'liegt nicht in',
  matches: 'passt auf',
  'does not match': 'passt nicht auf',
  'no value': 'kein Wert',
  '{Statements}: {failed}': '{Statements}: {failed}',
  '{Operator} of `{key}` with {Names}; the request does not have it':
    '{Operator} von `{key}` mit {Names}; die Anfrage hat diesen Schlüssel nicht',
  '{Operator} of `{key}` with {Names}; it is {Names2}, a list: write `{written}`':
    '{Operator} von `{key}` mit {Names}; der Wert ist {Names2}, eine Liste: Schreiben Sie `{written}`',
  '{Operator} of `{key}` with {Names}; it is {Names2}, which differs in upper and lower case only':
    '{Operator} von `{key}` mit {Names}; der Wert ist {Names2} und unterscheidet sich nur in der Groß- und Kleinschreibung',
  '{Operator} of `{key}` with {Names}; it is {Names2}':
    '{Operator} von `{key}` mit {Names}; der Wert ist {Names2}',
  'statement `{sid}` of `this document` (line {LineNumber})':
    'Anweisung `{sid}` von `diesem Dokument` (Zeile {LineNumber})',
  'statement {StatementNumber} of `this document` (line {LineNumber})':
    'Anweisung {StatementNumber} von `diesem Dokument` (Zeile {LineNumber})',
  'statement `{sid}` of `{document}` (line {LineNumber})':
    'Anweisung `{sid}` von `{document}` (Zeile {LineNumber})',
  'statement {StatementNumber} of `{document}` (line {LineNumber})':
    'Anweisung {StatementNumber} von `{document}` (Zeile {LineNumber})',
  '{Statements} and {Statements2}': '{Statements} und {Statements2}',
  'to allow it, remove or narrow {Statements}':
    'um es zu erlauben, entfernen oder beschränken Sie {Statements}',
  'to allow it, add to {place} an `Allow` of `{action}` on `{resource}`':
    'um es zu erlauben, ergänzen Sie ein `Allow` von `{action}` für `{resource}` ({place})',
  'to allow it, add to {place} an `Allow` of `{action}`':
    'um es zu erlauben, ergänzen Sie ein `Allow` von `{action}` ({place})',
  'to allow it, add `{value}` to the `{element}` of {Statements}':
    'um es zu erlauben, ergänzen Sie `{value}` bei `{element}` ({Statements})',
  '{Statements} would allow it if {Wishes}': '{Statements} würde es erlauben, wenn gälte: {Wishes}',
  '{Statements} would no longer deny it if {Wishes}':
    '{Statements} würde es nicht mehr verbieten, wenn gälte: {Wishes}',
  '{Wishes} and {Wishes2}': '{Wishes} und {Wishes2}',
  '{Wishes} or {Wishes2}': '{Wishes} oder {Wishes2}',
  '{BareWish} (it is missing)': '{BareWish} (jetzt fehlt der Wert)',
  '{BareWish} (it is {Values})': '{BareWish} (jetzt {Values})',
  'every value of `{key}` {WishVerb} {Values}': 'jeder Wert von `{key}` {WishVerb} {Values}',
  'a value of `{key}` {WishVerb} {Values}': 'ein Wert von `{key}` {WishVerb} {Values}',
  '`{key}` {WishVerb} {Values}': '`{key}` {WishVerb} {Values}',
  '`{key}` were missing': '`{key}` fehlt',
  '`{key}` were present': '`{key}` ist vorhanden',
  were: 'ist',
  'were not': 'ist nicht',
  'were equal to': 'ist gleich',
  'were not equal to': 'ist ungleich',
  'were at most': 'ist höchstens',
  'were not at most': 'ist nicht höchstens',
  'were below': 'liegt unter',
  'were not below': 'liegt nicht unter',
  'were at least': 'ist mindestens',
  'were not at least': 'ist nicht mindestens',
  'were above': 'liegt über',
  'were not above': 'liegt nicht über',
  'were in': 'liegt in',
  'were not in': 'liegt nicht in',
  'were like': 'passt auf',
  'were not like': 'passt nicht auf',
  "the caller's identity policies": 'die Richtlinien des Aufrufers',
  '{Question} is allowed': '{Question}: erlaubt',
  '{Question} is denied': '{Question}: verweigert',
  '`{action}` on `{resource}`': '`{action}` für `{resource}`',
  '`{action}` on `{resource}` by `{principal}`': '`{action}` für `{resource}` durch `{principal}`',
  '{Question} with {KeyValues}': '{Question} mit {KeyValues}',
  '{KeyValues}, {KeyValues2}': '{KeyValues}, {KeyValues2}',
  '`{key}` = none': '`{key}` = ohne Wert',
  '`{key}` = {Names}': '`{key}` = {Names}',
  empty: 'leer',
  'statement `{sid}`': 'Anweisung `{sid}`',
  'statement {StatementNumber}': 'Anweisung {StatementNumber}',
  '`{operator}` holds for a request without `{key}`, so {Label} allows it':
    '`{operator}` gilt auch für eine Anfrage ohne `{key}`, also erlaubt {Label} sie',
  'add `"Null": {"{key}": "false"}` if the key must be there':
    'ergänzen Sie `"Null": {"{key}": "false"}`, wenn der Schlüssel da sein muss',
  'add `{code}`': 'ergänzen Sie `{code}`',
  '{Label} does not deny long-term access keys: their requests have no `{key}`':
    '{Label} verbietet dauerhafte Zugriffsschlüssel nicht: Ihren Anfragen fehlt `{key}`',
  '{Label} allows long-term access keys without MFA: their requests have no `{key}`':
    '{Label} erlaubt dauerhafte Zugriffsschlüssel ohne MFA: Ihren Anfragen fehlt `{key}`',
  '`{operator}` also holds for a request without `{key}`':
    '`{operator}` gilt auch für eine Anfrage ohne `{key}`',
  '`{operator}` compares the wildcard in `{value}` literally':
    '`{operator}` vergleicht den Platzhalter in `{value}` wörtlich',
  'write `{code}`, or `${*}` if a star is meant':
    'schreiben Sie `{code}`, oder `${*}`, wenn ein Stern gemeint ist',
  '`{key}` is multi-valued, and `{operator}` never holds for it':
    '`{key}` hat mehrere Werte, und `{operator}` gilt dafür nie',
  'write `{code}` or `{other}`': 'schreiben Sie `{code}` oder `{other}`',
  '`{value}` matches no ARN: it has {parts} of six parts':
    '`{value}` passt auf keine ARN: Es hat {parts} von sechs Teilen',
  'write `arn:partition:service:region:account:resource`, with `*` for parts that may have any value':
    'schreiben Sie `arn:partition:service:region:account:resource`, mit `*` für Teile mit beliebigem Wert',
  '{Label} allows privilege escalation: {Ways}': '{Label} erlaubt, die eigenen Rechte auszuweiten: {Ways}',
  '{Ways}; and {count} more': '{Ways}; und {count} weitere',
  '{Ways}; {Ways2}': '{Ways}; {Ways2}',
  '`{action}` with `{other}` lets them {why}': 'mit `{action}` und `{other}` können sie {why}',
  '`{action}` lets them {why}': 'mit `{action}` können sie {why}',
  'write any policy onto a user': 'einem Benutzer beliebige Richtlinien geben',
  'write any policy onto a role': 'einer Rolle beliebige Richtlinien geben',
  'write any policy onto a group': 'einer Gruppe beliebige Richtlinien geben',
  'attach any policy to a user': 'beliebige Richtlinien an einen Benutzer anhängen',
  'attach any policy to a role': 'beliebige Richtlinien an eine Rolle anhängen',
  'attach any policy to a group': 'beliebige Richtlinien an eine Gruppe anhängen',
  'rewrite a policy that is already attached': 'eine bereits angehängte Richtlinie umschreiben',
  'restore a broader version of a policy': 'eine weiter gefasste Version einer Richtlinie wiederherstellen',
  'join any group': 'jeder Gruppe beitreten',
  'create access keys for another user': 'Zugriffsschlüssel für andere Benutzer anlegen',
  "set another user's password": 'das Passwort anderer Benutzer setzen',
  "change another user's password": 'das Passwort anderer Benutzer ändern',
  'make any role trust any principal': 'jede Rolle jedem Prinzipal vertrauen lassen',
  'assume every role that trusts the account': 'jede Rolle annehmen, die dem Konto vertraut',
  "remove a user's permissions boundary": 'die Berechtigungsgrenze eines Benutzers entfernen',
  "replace a user's permissions boundary": 'die Berechtigungsgrenze eines Benutzers ersetzen',
  "remove a role's permissions boundary": 'die Berechtigungsgrenze einer Rolle entfernen',
  "remove another user's MFA device": 'den zweiten Faktor anderer Personen entfernen',
  'sign in as another person by a one-time link': 'sich mit einem einmaligen Link als andere Person anmelden',
  "set another person's password": 'das Passwort anderer Personen setzen',
  "remove another person's second factors": 'die zweiten Faktoren anderer Personen entfernen',
  'make a SCIM token that acts with the permissions of another person':
    'ein SCIM-Token anlegen, das mit den Rechten einer anderen Person handelt',
  'let an app act for people who are not asked':
    'eine App für Personen handeln lassen, die nicht gefragt werden',
  'replace a guardrail that limits an account': 'eine Leitplanke ersetzen, die ein Konto beschränkt',
  'remove a guardrail that limits an account': 'eine Leitplanke entfernen, die ein Konto beschränkt',
  'pass any role to a service that then acts with it':
    'jede Rolle an einen Dienst weitergeben, der dann damit handelt',
  'trust an issuer of their own': 'einem eigenen Aussteller vertrauen lassen',
  'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators':
    'nennen Sie die Ressourcen, verlangen Sie `iam:PermissionsBoundary`, oder überlassen Sie die Aktionen der Administration',
  'no request has a value for `{variable}`, so `{text}` never matches':
    'keine Anfrage hat einen Wert für `{variable}`, daher passt `{text}` nie',
  'write the issuer before the claim, such as `${token.example.com:sub}`':
    'schreiben Sie den Aussteller vor den Claim, etwa `${token.example.com:sub}`',
  'correct the name, such as `${aws:username}`': 'berichtigen Sie den Namen, etwa `${aws:username}`',
  '`{text}` has a blank or a semicolon that no ARN has, so it matches nothing':
    '`{text}` hat ein Leerzeichen oder Semikolon, das in keiner ARN vorkommt, und passt daher auf nichts',
  '`{text}` matches no action: no name of an action has a blank':
    '`{text}` passt auf keine Aktion: Kein Name einer Aktion hat ein Leerzeichen',
  '`{text}` matches no resource: an ARN has six parts':
    '`{text}` passt auf keine Ressource: Eine ARN hat sechs Teile',
  'write `{code}`, with the parts that are known': 'schreiben Sie `{code}`, mit den Teilen, die bekannt sind',
  '`{operator}` on `{key}` has no values, and so no value agrees with it':
    '`{operator}` auf `{key}` hat keine Werte, also stimmt kein Wert damit überein',
  'write the values, or remove the key': 'schreiben Sie die Werte, oder entfernen Sie den Schlüssel',
  '`{operator}` of {Label} has no condition key, and so limits nothing':
    '`{operator}` von {Label} hat keinen Bedingungsschlüssel und schränkt daher nichts ein',
  'write the condition, or remove the operator':
    'schreiben Sie die Bedingung, oder entfernen Sie den Operator',
  '{Label} never allows anything: {Label2} (line {LineNumber}) denies all of it':
    '{Label} erlaubt nie etwas: {Label2} (Zeile {LineNumber}) verbietet alles davon',
  '{Label} is redundant: {Label2} (line {LineNumber}) allows all of it already':
    '{Label} ist überflüssig: {Label2} (Zeile {LineNumber}) erlaubt bereits alles davon',
  '{Label} is redundant: {Label2} (line {LineNumber}) denies all of it already':
    '{Label} ist überflüssig: {Label2} (Zeile {LineNumber}) verbietet bereits alles davon',
  'narrow the Deny, or remove the statement': 'fassen Sie das Deny enger, oder entfernen Sie die Anweisung',
  'remove the statement': 'entfernen Sie die Anweisung',
  '{Label} allows every action except those listed, including future ones':
    '{Label} erlaubt alle Aktionen außer den genannten, auch künftige',
  '{Label} allows every resource except those listed, including future ones':
    '{Label} erlaubt alle Ressourcen außer den genannten, auch künftige',
  'list what is allowed, under `{element}`': 'nennen Sie unter `{element}`, was erlaubt ist',
  '{Label} allows everything': '{Label} erlaubt alles',
  'name actions and resources, unless this is for administrators':
    'nennen Sie Aktionen und Ressourcen, außer wenn dies für die Administration ist',
  '`{text}` has a wildcard in its service, so it covers services you may not expect':
    '`{text}` hat einen Platzhalter im Dienst und umfasst daher vielleicht Dienste, die Sie nicht erwarten',
  'write one action per service': 'schreiben Sie je Dienst eine Aktion',
  '`{text}` is not an action: expected `service:Action` with letters, digits and hyphens before one colon':
    '`{text}` ist keine Aktion: erwartet wird `service:Action`, mit Buchstaben, Ziffern und Bindestrichen vor einem Doppelpunkt',
  'the service of `{text}` is usually written `{service}`':
    'der Dienst von `{text}` wird gewöhnlich `{service}` geschrieben',
  '`{prefix}` in `{text}` looks like `{near}`': '`{prefix}` in `{text}` sieht aus wie `{near}`',
  '`{text}` begins or ends with white space': '`{text}` beginnt oder endet mit Leerraum',
  '`{text}` is a plain name, not an ARN': '`{text}` ist ein einfacher Name, keine ARN',
  'begin it with `arn:`, in lower case': 'beginnen Sie mit `arn:`, kleingeschrieben',
  '`{text}` has no partition': '`{text}` hat keine Partition',
  '`{text}` names no service': '`{text}` nennt keinen Dienst',
  'write the service after the partition': 'schreiben Sie den Dienst hinter die Partition',
  '`{text}` writes the service `{service}` with capitals, and ARNs are case-sensitive':
    '`{text}` schreibt den Dienst `{service}` mit Großbuchstaben, und ARNs unterscheiden Groß- und Kleinschreibung',
  '`{text}` has `{account}` where an account id of 12 digits or nothing is expected':
    '`{text}` hat `{account}`, wo eine Konto-ID mit 12 Ziffern oder nichts erwartet wird',
  'check the number of colons': 'prüfen Sie die Zahl der Doppelpunkte',
  '`{text}` names no resource': '`{text}` nennt keine Ressource',
  'end it with `*` if all are meant': 'beenden Sie sie mit `*`, wenn alle gemeint sind',
  '`{text}` has a region, but IAM ARNs have none': '`{text}` hat eine Region, aber IAM-ARNs haben keine',
  'leave the fourth part empty': 'lassen Sie den vierten Teil leer',
  'the variable in `{value}` is literal text, because the document does not have Version `2012-10-17`':
    'die Variable in `{value}` ist wörtlicher Text, weil das Dokument nicht Version `2012-10-17` hat',
  'the document does not have Version `2012-10-17`: variables would be literal text':
    'das Dokument hat nicht Version `2012-10-17`: Variablen wären wörtlicher Text',
  '{count} characters without white space, above the limit of {limit}':
    '{count} Zeichen ohne Leerraum, über der Grenze von {limit}',
  '{count} characters without white space, near the limit of {limit}':
    '{count} Zeichen ohne Leerraum, nahe der Grenze von {limit}',
  'join statements, or use wildcards or several policies':
    'fassen Sie Anweisungen zusammen, oder verwenden Sie Platzhalter oder mehrere Richtlinien',
  'write `{code}`': 'schreiben Sie `{code}`',
  'unexpected value `{value}` for `{operator}`, expected {expected}':
    'unerwarteter Wert `{value}` für `{operator}`, erwartet: {expected}',
  'unexpected value `{value}` for `{operator}`, {fault}':
    'unerwarteter Wert `{value}` für `{operator}`, {fault}',
  'unexpected {Token} after the end of the document': 'unerwartet: {Token} nach dem Ende des Dokuments',
  'unexpected {what}, expected {expected}': 'unerwartet: {what}, erwartet: {expected}',
  'end of text': 'Ende des Textes',
  'control character': 'Steuerzeichen',
  'end of text in a string': 'Ende des Textes in einer Zeichenkette',
  '{Token} in a number': '{Token} in einer Zahl',
  '{Token} after a name': '{Token} nach einem Namen',
  '`{char}` in the variable `{variable}`': '`{char}` in der Variablen `{variable}`',
  'empty variable `{variable}`, expected {Names}': 'leere Variable `{variable}`, erwartet: {Names}',
  'the variable `{variable}` has no closing brace, expected {Names}':
    'der Variablen `{variable}` fehlt die schließende Klammer, erwartet: {Names}',
  'malformed default in `{variable}`, expected {Names}':
    'fehlerhafter Vorgabewert in `{variable}`, erwartet: {Names}',
  'nested deeper than {count} levels; a policy needs at most 6':
    'tiefer als {count} Ebenen verschachtelt; eine Richtlinie braucht höchstens 6',
  'control character in a string, expected it escaped':
    'Steuerzeichen in einer Zeichenkette, es muss maskiert sein',
  'malformed `\\u` in a string, expected four hexadecimal digits':
    'fehlerhaftes `\\u` in einer Zeichenkette, erwartet: vier Hexadezimalziffern',
  'unknown escape in a string, expected one of `"\\/bfnrtu` after `\\`':
    'unbekannte Maskierung in einer Zeichenkette, erwartet: eines von `"\\/bfnrtu` nach `\\`',
  'text is not well-formed unicode, a surrogate stands alone':
    'der Text ist kein wohlgeformtes Unicode, ein Surrogat steht allein',
  'control character `{code}` in a string': 'Steuerzeichen `{code}` in einer Zeichenkette',
  'duplicate name `{name}`, expected each name once':
    'Name `{name}` kommt mehrmals vor, erwartet: jeder Name einmal',
  '`{element}` is missing, expected {expected}': '`{element}` fehlt, erwartet: {expected}',
  '`Statement` is empty, expected at least one statement':
    '`Statement` ist leer, erwartet: mindestens eine Anweisung',
  '`Sid` `{sid}` repeats, expected each `Sid` once':
    '`Sid` `{sid}` kommt mehrmals vor, erwartet: jede `Sid` einmal',
  '`{element}` is not allowed in {kind}: it applies to whom it is attached to':
    '`{element}` ist in {kind} nicht erlaubt: Sie gilt für den, an den sie angehängt ist',
  'an identity policy': 'einer Identitätsrichtlinie',
  '`{one}` and `{other}` together, expected one of them':
    '`{one}` und `{other}` zusammen, erwartet: eines davon',
  'string `{value}`': 'Zeichenkette `{value}`',
  'number `{value}`': 'Zahl `{value}`',
  'boolean `{value}`': 'Wahrheitswert `{value}`',
  list: 'Liste',
  object: 'Objekt',
  'empty list': 'leere Liste',
  'empty resource': 'leere Ressource',
  'operator `{name}`': 'Operator `{name}`',
  'element `{name}`': 'Element `{name}`',
  'version `{name}`': 'Version `{name}`',
  'effect `{name}`': 'Wirkung `{name}`',
  'action `{name}`': 'Aktion `{name}`',
  'resource `{name}`': 'Ressource `{name}`',
  'condition key `{name}`': 'Bedingungsschlüssel `{name}`',
  'wildcard in the service of `{name}`': 'Platzhalter im Dienst von `{name}`',
  'a policy object': 'ein Richtlinien-Objekt',
  'a statement object': 'ein Anweisungs-Objekt',
  'at least one statement': 'mindestens eine Anweisung',
  'a string': 'eine Zeichenkette',
  'a string or a list of strings': 'eine Zeichenkette oder eine Liste von Zeichenketten',
  'at least one string': 'mindestens eine Zeichenkette',
  'an object of operators': 'ein Objekt mit Operatoren',
  'an object of condition keys': 'ein Objekt mit Bedingungsschlüsseln',
  'a string, number or boolean': 'Zeichenkette, Zahl oder Wahrheitswert',
  'one of {Names}': 'eines von {Names}',
  '`{name}` (names are case-sensitive)': '`{name}` (Groß- und Kleinschreibung zählt)',
  'one such as {Names}': 'etwa {Names}',
  '`Null` without a set operator or `IfExists`': '`Null` ohne Mengenoperator oder `IfExists`',
  'a name such as `aws:SourceIp`': 'ein Name wie `aws:SourceIp`',
  'a number': 'eine Zahl',
  'an ISO 8601 date or epoch seconds': 'ein Datum nach ISO 8601 oder Epochensekunden',
  'an IPv4 or IPv6 address or network such as `{network}`':
    'eine IPv4- oder IPv6-Adresse oder ein Netz wie `{network}`',
  'only letters and digits': 'nur Buchstaben und Ziffern',
  'an ARN, a name or `*`': 'eine ARN, ein Name oder `*`',
  "the service's name": 'der Name des Dienstes',
  'a JSON value': 'ein JSON-Wert',
  'a quoted name': 'ein Name in Anführungszeichen',
  'a digit': 'eine Ziffer',
} as const
