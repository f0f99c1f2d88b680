// Texts of the policy engine in French that the editor's page shows while somebody types. `{name}` stands for any text, `{Name}` for what
// kinds.ts says.
export const engine = {
  'Allows {Actions} on {where}, only if {Conditions}.':
    'Autorise {Actions} sur {where}, seulement si {Conditions}.',
  'Allows {Actions} on {where}.': 'Autorise {Actions} sur {where}.',
  'Denies {Actions} on {where}, if {Conditions}.': 'Interdit {Actions} sur {where} si {Conditions}.',
  'Denies {Actions} on {where}.': 'Interdit {Actions} sur {where}.',
  everything: 'tout',
  'everything except {Names}': 'tout sauf {Names}',
  'every action': 'toutes les actions',
  'every action of `{service}`': 'toutes les actions de `{service}`',
  'every action except every action of {Name}': 'toutes les actions sauf celles de {Name}',
  'every action except {Names}': 'toutes les actions sauf {Names}',
  '{Conditions} and {Conditions2}': '{Conditions} et {Conditions2}',
  '{Conditions}, {Conditions2}': '{Conditions}, {Conditions2}',
  '{Conditions}, when there is one': '{Conditions}, s’il y en a une',
  'every value of `{key}` {Verb} {Names}': 'chaque valeur de `{key}` {Verb} {Names}',
  'any value of `{key}` {Verb} {Names}': 'une valeur de `{key}` {Verb} {Names}',
  '`{key}` {Verb} {Names}': '`{key}` {Verb} {Names}',
  '`{key}` is absent': '`{key}` est absent',
  '`{key}` is present': '`{key}` est présent',
  '{Conditions} and {count} more': '{Conditions} et {count} autres',
  '{Names} and {count} more': '{Names} et {count} autres',
  '{Names} or one of {count} more': '{Names} ou l’une des {count} autres',
  '{Names} or {count} more': '{Names} ou {count} autres',
  '{Names} and {Names2}': '{Names} et {Names2}',
  '{Names} or {Names2}': '{Names} ou {Names2}',
  '{Names}, {Names2}': '{Names}, {Names2}',
  is: 'est',
  'is not': 'n’est pas',
  'is, in any case,': 'est, sans tenir compte de la casse,',
  'is not, in any case,': 'n’est pas, sans tenir compte de la casse,',
  'is equal to': 'est égal à',
  'is not equal to': 'n’est pas égal à',
  'is at or before': 'est au plus tard',
  'is before': 'est avant',
  'is at or after': 'est au plus tôt',
  'is after': 'est après',
  'is at most': 'vaut au plus',
  'is below': 'est inférieur à',
  'is at least': 'vaut au moins',
  'is above': 'est supérieur à',
  'is in': 'est dans',
  'is not in': 'n’est pas dans',
  matches: 'correspond à',
  'does not match': 'ne correspond pas à',
  'no value': 'aucune valeur',
  '{Statements}: {failed}': '{Statements} : {failed}',
  '{Operator} of `{key}` with {Names}; the request does not have it':
    '{Operator} de `{key}` avec {Names} ; la requête n’a pas cette clé',
  '{Operator} of `{key}` with {Names}; it is {Names2}, a list: write `{written}`':
    '{Operator} de `{key}` avec {Names} ; la valeur est {Names2}, une liste : écrivez `{written}`',
  '{Operator} of `{key}` with {Names}; it is {Names2}, which differs in upper and lower case only':
    '{Operator} de `{key}` avec {Names} ; la valeur est {Names2} et ne diffère que par les majuscules et minuscules',
  '{Operator} of `{key}` with {Names}; it is {Names2}':
    '{Operator} de `{key}` avec {Names} ; la valeur est {Names2}',
  'statement `{sid}` of `this document` (line {LineNumber})':
    'la déclaration `{sid}` de `ce document` (ligne {LineNumber})',
  'statement {StatementNumber} of `this document` (line {LineNumber})':
    'la déclaration {StatementNumber} de `ce document` (ligne {LineNumber})',
  'statement `{sid}` of `{document}` (line {LineNumber})':
    'la déclaration `{sid}` de `{document}` (ligne {LineNumber})',
  'statement {StatementNumber} of `{document}` (line {LineNumber})':
    'la déclaration {StatementNumber} de `{document}` (ligne {LineNumber})',
  '{Statements} and {Statements2}': '{Statements} et {Statements2}',
  'to allow it, remove or narrow {Statements}': 'pour l’autoriser, supprimez ou restreignez {Statements}',
  'to allow it, add to {place} an `Allow` of `{action}` on `{resource}`':
    'pour l’autoriser, ajoutez un `Allow` de `{action}` sur `{resource}` ({place})',
  'to allow it, add to {place} an `Allow` of `{action}`':
    'pour l’autoriser, ajoutez un `Allow` de `{action}` ({place})',
  'to allow it, add `{value}` to the `{element}` of {Statements}':
    'pour l’autoriser, ajoutez `{value}` à `{element}` ({Statements})',
  '{Statements} would allow it if {Wishes}': '{Statements} l’autoriserait si {Wishes}',
  '{Statements} would no longer deny it if {Wishes}': '{Statements} ne l’interdirait plus si {Wishes}',
  '{Wishes} and {Wishes2}': '{Wishes} et {Wishes2}',
  '{Wishes} or {Wishes2}': '{Wishes} ou {Wishes2}',
  '{BareWish} (it is missing)': '{BareWish} (valeur absente)',
  '{BareWish} (it is {Values})': '{BareWish} (actuellement {Values})',
  'every value of `{key}` {WishVerb} {Values}': 'chaque valeur de `{key}` {WishVerb} {Values}',
  'a value of `{key}` {WishVerb} {Values}': 'une valeur de `{key}` {WishVerb} {Values}',
  '`{key}` {WishVerb} {Values}': '`{key}` {WishVerb} {Values}',
  '`{key}` were missing': '`{key}` était absent',
  '`{key}` were present': '`{key}` était présent',
  were: 'était',
  'were not': 'n’était pas',
  'were equal to': 'était égal à',
  'were not equal to': 'n’était pas égal à',
  'were at most': 'valait au plus',
  'were not at most': 'ne valait pas au plus',
  'were below': 'était inférieur à',
  'were not below': 'n’était pas inférieur à',
  'were at least': 'valait au moins',
  'were not at least': 'ne valait pas au moins',
  'were above': 'était supérieur à',
  'were not above': 'n’était pas supérieur à',
  'were in': 'était dans',
  'were not in': 'n’était pas dans',
  'were like': 'correspondait à',
  'were not like': 'ne correspondait pas à',
  "the caller's identity policies": 'les stratégies d’identité de l’appelant',
  '{Question} is allowed': '{Question} : autorisé',
  '{Question} is denied': '{Question} : refusé',
  '`{action}` on `{resource}`': '`{action}` sur `{resource}`',
  '`{action}` on `{resource}` by `{principal}`': '`{action}` sur `{resource}` par `{principal}`',
  '{Question} with {KeyValues}': '{Question} avec {KeyValues}',
  '{KeyValues}, {KeyValues2}': '{KeyValues}, {KeyValues2}',
  '`{key}` = none': '`{key}` = sans valeur',
  '`{key}` = {Names}': '`{key}` = {Names}',
  empty: 'vide',
  'statement `{sid}`': 'la déclaration `{sid}`',
  'statement {StatementNumber}': 'la déclaration {StatementNumber}',
  '`{operator}` holds for a request without `{key}`, so {Label} allows it':
    '`{operator}` est vérifié pour une requête sans `{key}`, donc {Label} l’autorise',
  'add `"Null": {"{key}": "false"}` if the key must be there':
    'ajoutez `"Null": {"{key}": "false"}` si la clé doit être présente',
  'add `{code}`': 'ajoutez `{code}`',
  '{Label} does not deny long-term access keys: their requests have no `{key}`':
    '{Label} n’interdit pas les clés d’accès permanentes : leurs requêtes n’ont pas `{key}`',
  '{Label} allows long-term access keys without MFA: their requests have no `{key}`':
    '{Label} autorise les clés d’accès permanentes sans MFA : leurs requêtes n’ont pas `{key}`',
  '`{operator}` also holds for a request without `{key}`':
    '`{operator}` est aussi vérifié pour une requête sans `{key}`',
  '`{operator}` compares the wildcard in `{value}` literally':
    '`{operator}` compare à la lettre le caractère générique de `{value}`',
  'write `{code}`, or `${*}` if a star is meant': 'écrivez `{code}`, ou `${*}` si vous voulez une étoile',
  '`{key}` is multi-valued, and `{operator}` never holds for it':
    '`{key}` a plusieurs valeurs, et `{operator}` n’y est jamais vérifié',
  'write `{code}` or `{other}`': 'écrivez `{code}` ou `{other}`',
  '`{value}` matches no ARN: it has {parts} of six parts':
    '`{value}` ne correspond à aucun ARN : il a {parts} parties sur six',
  'write `arn:partition:service:region:account:resource`, with `*` for parts that may have any value':
    'écrivez `arn:partition:service:region:account:resource`, avec `*` pour les parties de valeur quelconque',
  '{Label} allows privilege escalation: {Ways}': '{Label} permet une élévation de privilèges : {Ways}',
  '{Ways}; and {count} more': '{Ways} ; et {count} autres',
  '{Ways}; {Ways2}': '{Ways} ; {Ways2}',
  '`{action}` with `{other}` lets them {why}': 'avec `{action}` et `{other}`, ils peuvent {why}',
  '`{action}` lets them {why}': 'avec `{action}`, ils peuvent {why}',
  'write any policy onto a user': 'donner n’importe quelle stratégie à un utilisateur',
  'write any policy onto a role': 'donner n’importe quelle stratégie à un rôle',
  'write any policy onto a group': 'donner n’importe quelle stratégie à un groupe',
  'attach any policy to a user': 'attacher n’importe quelle stratégie à un utilisateur',
  'attach any policy to a role': 'attacher n’importe quelle stratégie à un rôle',
  'attach any policy to a group': 'attacher n’importe quelle stratégie à un groupe',
  'rewrite a policy that is already attached': 'réécrire une stratégie déjà attachée',
  'restore a broader version of a policy': 'rétablir une version plus large d’une stratégie',
  'join any group': 'rejoindre n’importe quel groupe',
  'create access keys for another user': 'créer des clés d’accès pour un autre utilisateur',
  "set another user's password": 'définir le mot de passe d’un autre utilisateur',
  "change another user's password": 'changer le mot de passe d’un autre utilisateur',
  'make any role trust any principal':
    'faire que n’importe quel rôle fasse confiance à n’importe quel principal',
  'assume every role that trusts the account': 'endosser tous les rôles qui font confiance au compte',
  "remove a user's permissions boundary": 'supprimer la limite d’autorisations d’un utilisateur',
  "replace a user's permissions boundary": 'remplacer la limite d’autorisations d’un utilisateur',
  "remove a role's permissions boundary": 'supprimer la limite d’autorisations d’un rôle',
  "remove another user's MFA device": 'supprimer l’appareil MFA d’un autre utilisateur',
  'sign in as another person by a one-time link':
    'se connecter comme une autre personne par un lien à usage unique',
  "set another person's password": 'définir le mot de passe d’une autre personne',
  "remove another person's second factors": 'supprimer les seconds facteurs d’une autre personne',
  'make a SCIM token that acts with the permissions of another person':
    'créer un jeton SCIM qui agit avec les droits d’une autre personne',
  'let an app act for people who are not asked':
    'laisser une application agir pour des personnes sans leur demander',
  'replace a guardrail that limits an account': 'remplacer un garde-fou qui limite un compte',
  'remove a guardrail that limits an account': 'supprimer un garde-fou qui limite un compte',
  'pass any role to a service that then acts with it':
    'passer n’importe quel rôle à un service, qui agit alors avec',
  'trust an issuer of their own': 'faire confiance à leur propre émetteur',
  'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators':
    'nommez les ressources, exigez `iam:PermissionsBoundary`, ou laissez ces actions aux administrateurs',
  'no request has a value for `{variable}`, so `{text}` never matches':
    'aucune requête n’a de valeur pour `{variable}`, donc `{text}` ne correspond jamais',
  'write the issuer before the claim, such as `${token.example.com:sub}`':
    'écrivez l’émetteur avant le claim, comme `${token.example.com:sub}`',
  'correct the name, such as `${aws:username}`': 'corrigez le nom, comme `${aws:username}`',
  '`{text}` has a blank or a semicolon that no ARN has, so it matches nothing':
    '`{text}` contient une espace ou un point-virgule qu’aucun ARN n’a, et ne correspond donc à rien',
  '`{text}` matches no action: no name of an action has a blank':
    '`{text}` ne correspond à aucune action : aucun nom d’action ne contient d’espace',
  '`{text}` matches no resource: an ARN has six parts':
    '`{text}` ne correspond à aucune ressource : un ARN a six parties',
  'write `{code}`, with the parts that are known': 'écrivez `{code}`, avec les parties connues',
  '`{operator}` on `{key}` has no values, and so no value agrees with it':
    '`{operator}` sur `{key}` n’a pas de valeur, donc aucune valeur ne convient',
  'write the values, or remove the key': 'écrivez les valeurs, ou retirez la clé',
  '`{operator}` of {Label} has no condition key, and so limits nothing':
    '`{operator}` ({Label}) n’a pas de clé de condition, et ne limite donc rien',
  'write the condition, or remove the operator': 'écrivez la condition, ou retirez l’opérateur',
  '{Label} never allows anything: {Label2} (line {LineNumber}) denies all of it':
    '{Label} n’autorise jamais rien : {Label2} (ligne {LineNumber}) interdit tout cela',
  '{Label} is redundant: {Label2} (line {LineNumber}) allows all of it already':
    '{Label} est superflue : {Label2} (ligne {LineNumber}) autorise déjà tout cela',
  '{Label} is redundant: {Label2} (line {LineNumber}) denies all of it already':
    '{Label} est superflue : {Label2} (ligne {LineNumber}) interdit déjà tout cela',
  'narrow the Deny, or remove the statement': 'restreignez le Deny, ou supprimez la déclaration',
  'remove the statement': 'supprimez la déclaration',
  '{Label} allows every action except those listed, including future ones':
    '{Label} autorise toutes les actions sauf celles de la liste, y compris les futures',
  '{Label} allows every resource except those listed, including future ones':
    '{Label} autorise toutes les ressources sauf celles de la liste, y compris les futures',
  'list what is allowed, under `{element}`': 'énumérez ce qui est autorisé, sous `{element}`',
  '{Label} allows everything': '{Label} autorise tout',
  'name actions and resources, unless this is for administrators':
    'nommez les actions et les ressources, sauf si c’est pour des administrateurs',
  '`{text}` has a wildcard in its service, so it covers services you may not expect':
    '`{text}` a un caractère générique dans le service, et couvre donc peut-être des services inattendus',
  'write one action per service': 'écrivez une action par service',
  '`{text}` is not an action: expected `service:Action` with letters, digits and hyphens before one colon':
    '`{text}` n’est pas une action : `service:Action` est attendu, avec des lettres, chiffres et traits d’union avant un deux-points',
  'the service of `{text}` is usually written `{service}`':
    'le service de `{text}` s’écrit d’ordinaire `{service}`',
  '`{prefix}` in `{text}` looks like `{near}`': '`{prefix}` dans `{text}` ressemble à `{near}`',
  '`{text}` begins or ends with white space': '`{text}` commence ou finit par une espace',
  '`{text}` is a plain name, not an ARN': '`{text}` est un simple nom, pas un ARN',
  'begin it with `arn:`, in lower case': 'commencez par `arn:`, en minuscules',
  '`{text}` has no partition': '`{text}` n’a pas de partition',
  '`{text}` names no service': '`{text}` ne nomme aucun service',
  'write the service after the partition': 'écrivez le service après la partition',
  '`{text}` writes the service `{service}` with capitals, and ARNs are case-sensitive':
    '`{text}` écrit le service `{service}` avec des majuscules, et les ARN sont sensibles à la casse',
  '`{text}` has `{account}` where an account id of 12 digits or nothing is expected':
    '`{text}` a `{account}` là où un identifiant de compte de 12 chiffres, ou rien, est attendu',
  'check the number of colons': 'vérifiez le nombre de deux-points',
  '`{text}` names no resource': '`{text}` ne nomme aucune ressource',
  'end it with `*` if all are meant': 'terminez par `*` si toutes sont visées',
  '`{text}` has a region, but IAM ARNs have none': '`{text}` a une région, mais les ARN d’IAM n’en ont pas',
  'leave the fourth part empty': 'laissez vide la quatrième partie',
  'the variable in `{value}` is literal text, because the document does not have Version `2012-10-17`':
    'la variable de `{value}` est un texte littéral, car le document n’a pas la Version `2012-10-17`',
  'the document does not have Version `2012-10-17`: variables would be literal text':
    'le document n’a pas la Version `2012-10-17` : les variables seraient du texte littéral',
  '{count} characters without white space, above the limit of {limit}':
    '{count} caractères sans les espaces, au-dessus de la limite de {limit}',
  '{count} characters without white space, near the limit of {limit}':
    '{count} caractères sans les espaces, près de la limite de {limit}',
  'join statements, or use wildcards or several policies':
    'regroupez des déclarations, ou utilisez des caractères génériques ou plusieurs stratégies',
  'write `{code}`': 'écrivez `{code}`',
  'unexpected value `{value}` for `{operator}`, expected {expected}':
    'valeur inattendue `{value}` pour `{operator}`, attendu : {expected}',
  'unexpected value `{value}` for `{operator}`, {fault}':
    'valeur inattendue `{value}` pour `{operator}`, {fault}',
  'unexpected {Token} after the end of the document': 'inattendu : {Token} après la fin du document',
  'unexpected {what}, expected {expected}': 'inattendu : {what}, attendu : {expected}',
  'end of text': 'fin du texte',
  'control character': 'caractère de contrôle',
  'end of text in a string': 'fin du texte dans une chaîne',
  '{Token} in a number': '{Token} dans un nombre',
  '{Token} after a name': '{Token} après un nom',
  '`{char}` in the variable `{variable}`': '`{char}` dans la variable `{variable}`',
  'empty variable `{variable}`, expected {Names}': 'variable vide `{variable}`, attendu : {Names}',
  'the variable `{variable}` has no closing brace, expected {Names}':
    'la variable `{variable}` n’a pas d’accolade fermante, attendu : {Names}',
  'malformed default in `{variable}`, expected {Names}':
    'valeur par défaut mal formée dans `{variable}`, attendu : {Names}',
  'nested deeper than {count} levels; a policy needs at most 6':
    'imbriqué sur plus de {count} niveaux ; une stratégie en demande au plus 6',
  'control character in a string, expected it escaped':
    'caractère de contrôle dans une chaîne, il doit être échappé',
  'malformed `\\u` in a string, expected four hexadecimal digits':
    '`\\u` mal formé dans une chaîne, attendu : quatre chiffres hexadécimaux',
  'unknown escape in a string, expected one of `"\\/bfnrtu` after `\\`':
    'échappement inconnu dans une chaîne, attendu : l’un de `"\\/bfnrtu` après `\\`',
  'text is not well-formed unicode, a surrogate stands alone':
    'le texte n’est pas de l’Unicode bien formé, une moitié de paire est isolée',
  'control character `{code}` in a string': 'caractère de contrôle `{code}` dans une chaîne',
  'duplicate name `{name}`, expected each name once':
    'nom `{name}` en double, chaque nom est attendu une fois',
  '`{element}` is missing, expected {expected}': '`{element}` manque, attendu : {expected}',
  '`Statement` is empty, expected at least one statement':
    '`Statement` est vide, attendu : au moins une déclaration',
  '`Sid` `{sid}` repeats, expected each `Sid` once':
    '`Sid` `{sid}` se répète, chaque `Sid` est attendu une fois',
  '`{element}` is not allowed in {kind}: it applies to whom it is attached to':
    '`{element}` n’est pas permis dans {kind} : elle s’applique à qui elle est attachée',
  'an identity policy': 'une stratégie d’identité',
  '`{one}` and `{other}` together, expected one of them':
    '`{one}` et `{other}` ensemble, un seul est attendu',
  'string `{value}`': 'chaîne `{value}`',
  'number `{value}`': 'nombre `{value}`',
  'boolean `{value}`': 'booléen `{value}`',
  list: 'liste',
  object: 'objet',
  'empty list': 'liste vide',
  'empty resource': 'ressource vide',
  'operator `{name}`': 'opérateur `{name}`',
  'element `{name}`': 'élément `{name}`',
  'version `{name}`': 'version `{name}`',
  'effect `{name}`': 'effet `{name}`',
  'action `{name}`': 'action `{name}`',
  'resource `{name}`': 'ressource `{name}`',
  'condition key `{name}`': 'clé de condition `{name}`',
  'wildcard in the service of `{name}`': 'caractère générique dans le service de `{name}`',
  'a policy object': 'un objet de stratégie',
  'a statement object': 'un objet de déclaration',
  'at least one statement': 'au moins une déclaration',
  'a string': 'une chaîne',
  'a string or a list of strings': 'une chaîne ou une liste de chaînes',
  'at least one string': 'au moins une chaîne',
  'an object of operators': 'un objet d’opérateurs',
  'an object of condition keys': 'un objet de clés de condition',
  'a string, number or boolean': 'une chaîne, un nombre ou un booléen',
  'one of {Names}': 'l’un de {Names}',
  '`{name}` (names are case-sensitive)': '`{name}` (les noms sont sensibles à la casse)',
  'one such as {Names}': 'par exemple {Names}',
  '`Null` without a set operator or `IfExists`': '`Null` sans opérateur d’ensemble ni `IfExists`',
  'a name such as `aws:SourceIp`': 'un nom comme `aws:SourceIp`',
  'a number': 'un nombre',
  'an ISO 8601 date or epoch seconds': 'une date ISO 8601 ou des secondes depuis l’epoch',
  'an IPv4 or IPv6 address or network such as `{network}`':
    'une adresse ou un réseau IPv4 ou IPv6 comme `{network}`',
  'only letters and digits': 'seulement des lettres et des chiffres',
  'an ARN, a name or `*`': 'un ARN, un nom ou `*`',
  "the service's name": 'le nom du service',
  'a JSON value': 'une valeur JSON',
  'a quoted name': 'un nom entre guillemets',
  'a digit': 'un chiffre',
} as const
