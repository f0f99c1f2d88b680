// Texts of the policy engine in Spanish that the editor's page shows while somebody types. `{name}` stands for any text, `{Name}` for what
// kinds.ts says.
export const engine = {
  'Allows {Actions} on {where}, only if {Conditions}.': 'Permite {Actions} en {where}, solo si {Conditions}.',
  'Allows {Actions} on {where}.': 'Permite {Actions} en {where}.',
  'Denies {Actions} on {where}, if {Conditions}.': 'Deniega {Actions} en {where} si {Conditions}.',
  'Denies {Actions} on {where}.': 'Deniega {Actions} en {where}.',
  everything: 'todo',
  'everything except {Names}': 'todo excepto {Names}',
  'every action': 'todas las acciones',
  'every action of `{service}`': 'todas las acciones de `{service}`',
  'every action except every action of {Name}': 'todas las acciones excepto las de {Name}',
  'every action except {Names}': 'todas las acciones excepto {Names}',
  '{Conditions} and {Conditions2}': '{Conditions} y {Conditions2}',
  '{Conditions}, {Conditions2}': '{Conditions}, {Conditions2}',
  '{Conditions}, when there is one': '{Conditions}, si la hay',
  'every value of `{key}` {Verb} {Names}': 'cada valor de `{key}` {Verb} {Names}',
  'any value of `{key}` {Verb} {Names}': 'algún valor de `{key}` {Verb} {Names}',
  '`{key}` {Verb} {Names}': '`{key}` {Verb} {Names}',
  '`{key}` is absent': '`{key}` está ausente',
  '`{key}` is present': '`{key}` está presente',
  '{Conditions} and {count} more': '{Conditions} y {count} más',
  '{Names} and {count} more': '{Names} y {count} más',
  '{Names} or one of {count} more': '{Names} o alguno de otros {count}',
  '{Names} or {count} more': '{Names} o {count} más',
  '{Names} and {Names2}': '{Names} y {Names2}',
  '{Names} or {Names2}': '{Names} o {Names2}',
  '{Names}, {Names2}': '{Names}, {Names2}',
  is: 'es',
  'is not': 'no es',
  'is, in any case,': 'es, sin distinguir mayúsculas y minúsculas,',
  'is not, in any case,': 'no es, sin distinguir mayúsculas y minúsculas,',
  'is equal to': 'es igual a',
  'is not equal to': 'no es igual a',
  'is at or before': 'es como muy tarde',
  'is before': 'es anterior a',
  'is at or after': 'es como muy pronto',
  'is after': 'es posterior a',
  'is at most': 'es como máximo',
  'is below': 'es menor que',
  'is at least': 'es como mínimo',
  'is above': 'es mayor que',
  'is in': 'está en',
  'is not in': 'no está en',
  matches: 'coincide con',
  'does not match': 'no coincide con',
  'no value': 'ningún valor',
  '{Statements}: {failed}': '{Statements}: {failed}',
  '{Operator} of `{key}` with {Names}; the request does not have it':
    '{Operator} de `{key}` con {Names}; la solicitud no tiene esa clave',
  '{Operator} of `{key}` with {Names}; it is {Names2}, a list: write `{written}`':
    '{Operator} de `{key}` con {Names}; el valor es {Names2}, una lista: escribe `{written}`',
  '{Operator} of `{key}` with {Names}; it is {Names2}, which differs in upper and lower case only':
    '{Operator} de `{key}` con {Names}; el valor es {Names2} y solo difiere en mayúsculas y minúsculas',
  '{Operator} of `{key}` with {Names}; it is {Names2}':
    '{Operator} de `{key}` con {Names}; el valor es {Names2}',
  'statement `{sid}` of `this document` (line {LineNumber})':
    'la declaración `{sid}` de `este documento` (línea {LineNumber})',
  'statement {StatementNumber} of `this document` (line {LineNumber})':
    'la declaración {StatementNumber} de `este documento` (línea {LineNumber})',
  'statement `{sid}` of `{document}` (line {LineNumber})':
    'la declaración `{sid}` de `{document}` (línea {LineNumber})',
  'statement {StatementNumber} of `{document}` (line {LineNumber})':
    'la declaración {StatementNumber} de `{document}` (línea {LineNumber})',
  '{Statements} and {Statements2}': '{Statements} y {Statements2}',
  'to allow it, remove or narrow {Statements}': 'para permitirlo, quita o restringe {Statements}',
  'to allow it, add to {place} an `Allow` of `{action}` on `{resource}`':
    'para permitirlo, añade un `Allow` de `{action}` en `{resource}` ({place})',
  'to allow it, add to {place} an `Allow` of `{action}`':
    'para permitirlo, añade un `Allow` de `{action}` ({place})',
  'to allow it, add `{value}` to the `{element}` of {Statements}':
    'para permitirlo, añade `{value}` a `{element}` ({Statements})',
  '{Statements} would allow it if {Wishes}': '{Statements} lo permitiría si {Wishes}',
  '{Statements} would no longer deny it if {Wishes}': '{Statements} ya no lo denegaría si {Wishes}',
  '{Wishes} and {Wishes2}': '{Wishes} y {Wishes2}',
  '{Wishes} or {Wishes2}': '{Wishes} o {Wishes2}',
  '{BareWish} (it is missing)': '{BareWish} (ahora falta)',
  '{BareWish} (it is {Values})': '{BareWish} (ahora {Values})',
  'every value of `{key}` {WishVerb} {Values}': 'cada valor de `{key}` {WishVerb} {Values}',
  'a value of `{key}` {WishVerb} {Values}': 'algún valor de `{key}` {WishVerb} {Values}',
  '`{key}` {WishVerb} {Values}': '`{key}` {WishVerb} {Values}',
  '`{key}` were missing': '`{key}` faltara',
  '`{key}` were present': '`{key}` estuviera presente',
  were: 'fuera',
  'were not': 'no fuera',
  'were equal to': 'fuera igual a',
  'were not equal to': 'no fuera igual a',
  'were at most': 'fuera como máximo',
  'were not at most': 'no fuera como máximo',
  'were below': 'fuera menor que',
  'were not below': 'no fuera menor que',
  'were at least': 'fuera como mínimo',
  'were not at least': 'no fuera como mínimo',
  'were above': 'fuera mayor que',
  'were not above': 'no fuera mayor que',
  'were in': 'estuviera en',
  'were not in': 'no estuviera en',
  'were like': 'coincidiera con',
  'were not like': 'no coincidiera con',
  "the caller's identity policies": 'las políticas de identidad de quien llama',
  '{Question} is allowed': '{Question}: permitido',
  '{Question} is denied': '{Question}: denegado',
  '`{action}` on `{resource}`': '`{action}` en `{resource}`',
  '`{action}` on `{resource}` by `{principal}`': '`{action}` en `{resource}` por `{principal}`',
  '{Question} with {KeyValues}': '{Question} con {KeyValues}',
  '{KeyValues}, {KeyValues2}': '{KeyValues}, {KeyValues2}',
  '`{key}` = none': '`{key}` = sin valor',
  '`{key}` = {Names}': '`{key}` = {Names}',
  empty: 'vacío',
  'statement `{sid}`': 'la declaración `{sid}`',
  'statement {StatementNumber}': 'la declaración {StatementNumber}',
  '`{operator}` holds for a request without `{key}`, so {Label} allows it':
    '`{operator}` se cumple para una solicitud sin `{key}`, así que {Label} la permite',
  'add `"Null": {"{key}": "false"}` if the key must be there':
    'añade `"Null": {"{key}": "false"}` si la clave debe estar presente',
  'add `{code}`': 'añade `{code}`',
  '{Label} does not deny long-term access keys: their requests have no `{key}`':
    '{Label} no deniega las claves de acceso permanentes: sus solicitudes no tienen `{key}`',
  '{Label} allows long-term access keys without MFA: their requests have no `{key}`':
    '{Label} permite las claves de acceso permanentes sin MFA: sus solicitudes no tienen `{key}`',
  '`{operator}` also holds for a request without `{key}`':
    '`{operator}` también se cumple para una solicitud sin `{key}`',
  '`{operator}` compares the wildcard in `{value}` literally':
    '`{operator}` compara literalmente el comodín de `{value}`',
  'write `{code}`, or `${*}` if a star is meant': 'escribe `{code}`, o `${*}` si quieres un asterisco',
  '`{key}` is multi-valued, and `{operator}` never holds for it':
    '`{key}` tiene varios valores, y `{operator}` nunca se cumple para ella',
  'write `{code}` or `{other}`': 'escribe `{code}` o `{other}`',
  '`{value}` matches no ARN: it has {parts} of six parts':
    '`{value}` no coincide con ningún ARN: tiene {parts} de seis partes',
  'write `arn:partition:service:region:account:resource`, with `*` for parts that may have any value':
    'escribe `arn:partition:service:region:account:resource`, con `*` en las partes que admiten cualquier valor',
  '{Label} allows privilege escalation: {Ways}': '{Label} permite escalar privilegios: {Ways}',
  '{Ways}; and {count} more': '{Ways}; y {count} más',
  '{Ways}; {Ways2}': '{Ways}; {Ways2}',
  '`{action}` with `{other}` lets them {why}': 'con `{action}` y `{other}` pueden {why}',
  '`{action}` lets them {why}': 'con `{action}` pueden {why}',
  'write any policy onto a user': 'dar cualquier política a un usuario',
  'write any policy onto a role': 'dar cualquier política a un rol',
  'write any policy onto a group': 'dar cualquier política a un grupo',
  'attach any policy to a user': 'adjuntar cualquier política a un usuario',
  'attach any policy to a role': 'adjuntar cualquier política a un rol',
  'attach any policy to a group': 'adjuntar cualquier política a un grupo',
  'rewrite a policy that is already attached': 'reescribir una política ya adjunta',
  'restore a broader version of a policy': 'restaurar una versión más amplia de una política',
  'join any group': 'unirse a cualquier grupo',
  'create access keys for another user': 'crear claves de acceso para otro usuario',
  "set another user's password": 'establecer la contraseña de otro usuario',
  "change another user's password": 'cambiar la contraseña de otro usuario',
  'make any role trust any principal': 'hacer que cualquier rol confíe en cualquier entidad principal',
  'assume every role that trusts the account': 'asumir cualquier rol que confíe en la cuenta',
  "remove a user's permissions boundary": 'quitar el límite de permisos de un usuario',
  "replace a user's permissions boundary": 'sustituir el límite de permisos de un usuario',
  "remove a role's permissions boundary": 'quitar el límite de permisos de un rol',
  "remove another user's MFA device": 'quitar el dispositivo MFA de otro usuario',
  'sign in as another person by a one-time link':
    'iniciar sesión como otra persona mediante un enlace de un solo uso',
  "set another person's password": 'establecer la contraseña de otra persona',
  "remove another person's second factors": 'quitar los segundos factores de otra persona',
  'make a SCIM token that acts with the permissions of another person':
    'crear un token SCIM que actúa con los permisos de otra persona',
  'let an app act for people who are not asked':
    'dejar que una aplicación actúe en nombre de personas sin preguntarles',
  'replace a guardrail that limits an account': 'sustituir una barrera de protección que limita una cuenta',
  'remove a guardrail that limits an account': 'quitar una barrera de protección que limita una cuenta',
  'pass any role to a service that then acts with it':
    'pasar cualquier rol a un servicio, que luego actúa con él',
  'trust an issuer of their own': 'hacer que se confíe en un emisor propio',
  'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators':
    'nombra los recursos, exige `iam:PermissionsBoundary` o deja las acciones a los administradores',
  'no request has a value for `{variable}`, so `{text}` never matches':
    'ninguna solicitud tiene un valor para `{variable}`, así que `{text}` nunca coincide',
  'write the issuer before the claim, such as `${token.example.com:sub}`':
    'escribe el emisor antes del claim, como `${token.example.com:sub}`',
  'correct the name, such as `${aws:username}`': 'corrige el nombre, como `${aws:username}`',
  '`{text}` has a blank or a semicolon that no ARN has, so it matches nothing':
    '`{text}` tiene un espacio o un punto y coma que ningún ARN tiene, así que no coincide con nada',
  '`{text}` matches no action: no name of an action has a blank':
    '`{text}` no coincide con ninguna acción: ningún nombre de acción tiene espacios',
  '`{text}` matches no resource: an ARN has six parts':
    '`{text}` no coincide con ningún recurso: un ARN tiene seis partes',
  'write `{code}`, with the parts that are known': 'escribe `{code}`, con las partes que se conocen',
  '`{operator}` on `{key}` has no values, and so no value agrees with it':
    '`{operator}` sobre `{key}` no tiene valores, así que ningún valor coincide',
  'write the values, or remove the key': 'escribe los valores o quita la clave',
  '`{operator}` of {Label} has no condition key, and so limits nothing':
    '`{operator}` de {Label} no tiene clave de condición, así que no limita nada',
  'write the condition, or remove the operator': 'escribe la condición o quita el operador',
  '{Label} never allows anything: {Label2} (line {LineNumber}) denies all of it':
    '{Label} nunca permite nada: {Label2} (línea {LineNumber}) lo deniega todo',
  '{Label} is redundant: {Label2} (line {LineNumber}) allows all of it already':
    '{Label} es redundante: {Label2} (línea {LineNumber}) ya lo permite todo',
  '{Label} is redundant: {Label2} (line {LineNumber}) denies all of it already':
    '{Label} es redundante: {Label2} (línea {LineNumber}) ya lo deniega todo',
  'narrow the Deny, or remove the statement': 'restringe el Deny o quita la declaración',
  'remove the statement': 'quita la declaración',
  '{Label} allows every action except those listed, including future ones':
    '{Label} permite todas las acciones excepto las indicadas, incluidas las futuras',
  '{Label} allows every resource except those listed, including future ones':
    '{Label} permite todos los recursos excepto los indicados, incluidos los futuros',
  'list what is allowed, under `{element}`': 'indica lo que se permite en `{element}`',
  '{Label} allows everything': '{Label} lo permite todo',
  'name actions and resources, unless this is for administrators':
    'nombra acciones y recursos, salvo que sea para administradores',
  '`{text}` has a wildcard in its service, so it covers services you may not expect':
    '`{text}` tiene un comodín en el servicio, así que abarca servicios que quizá no esperas',
  'write one action per service': 'escribe una acción por servicio',
  '`{text}` is not an action: expected `service:Action` with letters, digits and hyphens before one colon':
    '`{text}` no es una acción: se espera `service:Action`, con letras, dígitos y guiones antes de dos puntos',
  'the service of `{text}` is usually written `{service}`':
    'el servicio de `{text}` suele escribirse `{service}`',
  '`{prefix}` in `{text}` looks like `{near}`': '`{prefix}` en `{text}` se parece a `{near}`',
  '`{text}` begins or ends with white space': '`{text}` empieza o termina con espacios',
  '`{text}` is a plain name, not an ARN': '`{text}` es un nombre simple, no un ARN',
  'begin it with `arn:`, in lower case': 'empieza con `arn:`, en minúsculas',
  '`{text}` has no partition': '`{text}` no tiene partición',
  '`{text}` names no service': '`{text}` no nombra ningún servicio',
  'write the service after the partition': 'escribe el servicio después de la partición',
  '`{text}` writes the service `{service}` with capitals, and ARNs are case-sensitive':
    '`{text}` escribe el servicio `{service}` con mayúsculas, y los ARN distinguen mayúsculas y minúsculas',
  '`{text}` has `{account}` where an account id of 12 digits or nothing is expected':
    '`{text}` tiene `{account}` donde se espera un id de cuenta de 12 dígitos o nada',
  'check the number of colons': 'comprueba el número de dos puntos',
  '`{text}` names no resource': '`{text}` no nombra ningún recurso',
  'end it with `*` if all are meant': 'termínalo con `*` si te refieres a todos',
  '`{text}` has a region, but IAM ARNs have none': '`{text}` tiene una región, pero los ARN de IAM no tienen',
  'leave the fourth part empty': 'deja vacía la cuarta parte',
  'the variable in `{value}` is literal text, because the document does not have Version `2012-10-17`':
    'la variable de `{value}` es texto literal, porque el documento no tiene Version `2012-10-17`',
  'the document does not have Version `2012-10-17`: variables would be literal text':
    'el documento no tiene Version `2012-10-17`: las variables serían texto literal',
  '{count} characters without white space, above the limit of {limit}':
    '{count} caracteres sin espacios, por encima del límite de {limit}',
  '{count} characters without white space, near the limit of {limit}':
    '{count} caracteres sin espacios, cerca del límite de {limit}',
  'join statements, or use wildcards or several policies':
    'une declaraciones, o usa comodines o varias políticas',
  'write `{code}`': 'escribe `{code}`',
  'unexpected value `{value}` for `{operator}`, expected {expected}':
    'valor inesperado `{value}` para `{operator}`; se espera: {expected}',
  'unexpected value `{value}` for `{operator}`, {fault}':
    'valor inesperado `{value}` para `{operator}`; {fault}',
  'unexpected {Token} after the end of the document': 'inesperado: {Token} tras el final del documento',
  'unexpected {what}, expected {expected}': 'inesperado: {what}; se espera: {expected}',
  'end of text': 'final del texto',
  'control character': 'carácter de control',
  'end of text in a string': 'final del texto en una cadena',
  '{Token} in a number': '{Token} en un número',
  '{Token} after a name': '{Token} tras un nombre',
  '`{char}` in the variable `{variable}`': '`{char}` en la variable `{variable}`',
  'empty variable `{variable}`, expected {Names}': 'variable vacía `{variable}`; se espera: {Names}',
  'the variable `{variable}` has no closing brace, expected {Names}':
    'la variable `{variable}` no tiene llave de cierre; se espera: {Names}',
  'malformed default in `{variable}`, expected {Names}':
    'valor predeterminado mal formado en `{variable}`; se espera: {Names}',
  'nested deeper than {count} levels; a policy needs at most 6':
    'anidado a más de {count} niveles; una política necesita como máximo 6',
  'control character in a string, expected it escaped': 'carácter de control en una cadena; debe ir escapado',
  'malformed `\\u` in a string, expected four hexadecimal digits':
    '`\\u` mal formado en una cadena; se esperan cuatro dígitos hexadecimales',
  'unknown escape in a string, expected one of `"\\/bfnrtu` after `\\`':
    'escape desconocido en una cadena; se espera uno de `"\\/bfnrtu` después de `\\`',
  'text is not well-formed unicode, a surrogate stands alone':
    'el texto no es Unicode bien formado: hay un sustituto suelto',
  'control character `{code}` in a string': 'carácter de control `{code}` en una cadena',
  'duplicate name `{name}`, expected each name once':
    'nombre `{name}` duplicado; se espera cada nombre una vez',
  '`{element}` is missing, expected {expected}': 'falta `{element}`; se espera: {expected}',
  '`Statement` is empty, expected at least one statement':
    '`Statement` está vacío; se espera al menos una declaración',
  '`Sid` `{sid}` repeats, expected each `Sid` once': '`Sid` `{sid}` se repite; se espera cada `Sid` una vez',
  '`{element}` is not allowed in {kind}: it applies to whom it is attached to':
    '`{element}` no se permite en {kind}: se aplica a quien la tiene adjunta',
  'an identity policy': 'una política de identidad',
  '`{one}` and `{other}` together, expected one of them':
    '`{one}` y `{other}` juntos; se espera uno de ellos',
  'string `{value}`': 'cadena `{value}`',
  'number `{value}`': 'número `{value}`',
  'boolean `{value}`': 'booleano `{value}`',
  list: 'lista',
  object: 'objeto',
  'empty list': 'lista vacía',
  'empty resource': 'recurso vacío',
  'operator `{name}`': 'operador `{name}`',
  'element `{name}`': 'elemento `{name}`',
  'version `{name}`': 'versión `{name}`',
  'effect `{name}`': 'efecto `{name}`',
  'action `{name}`': 'acción `{name}`',
  'resource `{name}`': 'recurso `{name}`',
  'condition key `{name}`': 'clave de condición `{name}`',
  'wildcard in the service of `{name}`': 'comodín en el servicio de `{name}`',
  'a policy object': 'un objeto de política',
  'a statement object': 'un objeto de declaración',
  'at least one statement': 'al menos una declaración',
  'a string': 'una cadena',
  'a string or a list of strings': 'una cadena o una lista de cadenas',
  'at least one string': 'al menos una cadena',
  'an object of operators': 'un objeto de operadores',
  'an object of condition keys': 'un objeto de claves de condición',
  'a string, number or boolean': 'una cadena, un número o un booleano',
  'one of {Names}': 'uno de {Names}',
  '`{name}` (names are case-sensitive)': '`{name}` (los nombres distinguen mayúsculas y minúsculas)',
  'one such as {Names}': 'por ejemplo {Names}',
  '`Null` without a set operator or `IfExists`': '`Null` sin operador de conjunto ni `IfExists`',
  'a name such as `aws:SourceIp`': 'un nombre como `aws:SourceIp`',
  'a number': 'un número',
  'an ISO 8601 date or epoch seconds': 'una fecha ISO 8601 o segundos desde la época',
  'an IPv4 or IPv6 address or network such as `{network}`':
    'una dirección o red IPv4 o IPv6 como `{network}`',
  'only letters and digits': 'solo letras y dígitos',
  'an ARN, a name or `*`': 'un ARN, un nombre o `*`',
  "the service's name": 'el nombre del servicio',
  'a JSON value': 'un valor JSON',
  'a quoted name': 'un nombre entre comillas',
  'a digit': 'un dígito',
} as const
