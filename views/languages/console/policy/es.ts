// Further texts of the policy engine in Spanish: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {principals} to do {Actions} on {where}, only if {Conditions}.':
    'Permite {Actions} en {where} para {principals}, solo si {Conditions}.',
  'Allows {principals} to do {Actions} on {where}.': 'Permite {Actions} en {where} para {principals}.',
  'Allows {principals} to do {Actions}, only if {Conditions}.':
    'Permite {Actions} para {principals}, solo si {Conditions}.',
  'Allows {principals} to do {Actions}.': 'Permite {Actions} para {principals}.',
  'Denies {principals} {Actions} on {where}, if {Conditions}.':
    'Deniega {Actions} en {where} para {principals} si {Conditions}.',
  'Denies {principals} {Actions} on {where}.': 'Deniega {Actions} en {where} para {principals}.',
  'Denies {principals} {Actions}, if {Conditions}.': 'Deniega {Actions} para {principals} si {Conditions}.',
  'Denies {principals} {Actions}.': 'Deniega {Actions} para {principals}.',
  everyone: 'todo el mundo',
  'everyone except {Names}': 'todo el mundo excepto {Names}',
  'every identity provider': 'todos los proveedores de identidad',
  'the account `{account}`': 'la cuenta `{account}`',
  'tokens of `{issuer}`': 'los tokens de `{issuer}`',
  'people of the SAML provider `{provider}`': 'las personas del proveedor SAML `{provider}`',
  'identities of `{provider}`': 'las identidades de `{provider}`',
  'the service `{service}`': 'el servicio `{service}`',
  '{Decision}; {change}': '{Decision}; {change}',
  'denied because {Layer} do not allow it': 'denegado porque {Layer} no lo permiten',
  'denied by {Statements} of {Layer}': 'denegado por {Statements} ({Layer})',
  'allowed by {Statements}': 'permitido por {Statements}',
  'allowed without a statement, as the account root or an action that needs no permission':
    'permitido sin declaración: como raíz de la cuenta o porque la acción no necesita permiso',
  "the account's guardrail": 'la barrera de protección de la cuenta',
  'the resource policy': 'la política de recurso',
  "the role's trust policy": 'la política de confianza del rol',
  'the permissions boundary': 'el límite de permisos',
  'the session policy': 'la política de sesión',
  "the account root's implicit permission": 'el permiso implícito de la raíz de la cuenta',
  'the account': 'la cuenta',
  '`{action}` by `{principal}`': '`{action}` por `{principal}`',
  'with {KeyValues}': 'con {KeyValues}',
  'the patterns can overlap in too many ways': 'los patrones pueden solaparse de demasiadas maneras',
  'too many principals are named': 'se nombran demasiadas entidades principales',
  'there are too many combinations to look at': 'hay demasiadas combinaciones que examinar',
  'it depends on {what}, and no request was found as evidence':
    'depende de {what}, y no se encontró ninguna solicitud como prueba',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    'falla {failing} de {count} prueba: cambia el documento, o cambia o quita la prueba',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    'fallan {failing} de {count} pruebas: cambia el documento, o cambia o quita la prueba',
  'the tests of this form cannot be read: open it anew':
    'las pruebas de este formulario no se pueden leer: ábrelo de nuevo',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'alguien cambió la política o sus pruebas desde que se abrió este formulario: compara abajo con lo que está en vigor ahora y vuelve a abrir el editor',
  'the policy or its tests were changed since they were read':
    'la política o sus pruebas cambiaron desde que se leyeron',
  'the description must have at most 1000 characters':
    'la descripción debe tener como máximo 1000 caracteres',
  'the document is too long': 'el documento es demasiado largo',
  'expected a list of tests, or an object with `tests`':
    'se espera una lista de pruebas o un objeto con `tests`',
  'a policy has at most {count} tests': 'una política tiene como máximo {count} pruebas',
  'the tests of a policy have at most {count} bytes':
    'las pruebas de una política tienen como máximo {count} bytes',
  'a test is an object': 'una prueba es un objeto',
  'a test has no member `{name}`': 'una prueba no tiene el miembro `{name}`',
  'must have the form `service:Action`, without wildcards':
    'debe tener la forma `service:Action`, sin comodines',
  'must be 1 to {most} characters: an ARN, or `*`': 'debe tener de 1 a {most} caracteres: un ARN o `*`',
  'must be an object of at most {most} condition keys with texts or lists of texts':
    'debe ser un objeto de como máximo {most} claves de condición con textos o listas de textos',
  'must be `allow` or `deny`': 'debe ser `allow` o `deny`',
  'must be the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`':
    'debe ser el ARN de un usuario, rol, sesión, cuenta o proveedor, un servicio como `jobs.example` o `anonymous`',
  '{Dependencies} and {Dependencies2}': '{Dependencies} y {Dependencies2}',
  '`{operator}` of `{key}` with `{values}` taken literally':
    '`{operator}` de `{key}` con `{values}` en sentido literal',
  '`{operator}` of `{key}` with `{values}`': '`{operator}` de `{key}` con `{values}`',
  '`NotResource` with {Names}': '`NotResource` con {Names}',
  'a class of requests that the engine decides differently':
    'una clase de solicitudes que el motor decide de otra manera',
  '{Label} trusts every token of `{provider}`: no condition restricts the subject':
    '{Label} confía en cualquier token de `{provider}`: ninguna condición restringe el sujeto',
  '{Label} takes tokens of `{provider}` issued for any audience':
    '{Label} acepta tokens de `{provider}` emitidos para cualquier audiencia',
  'subject `{subject}` has a wildcard before the owner is complete: anyone who can get a token from this issuer may match it':
    'el sujeto `{subject}` tiene un comodín antes de que el propietario esté completo: cualquiera que obtenga un token de este emisor puede coincidir',
  'write out the owner up to its separator, such as `repo:acme/docs:*`':
    'escribe el propietario hasta su separador, como `repo:acme/docs:*`',
  '{Label} applies to everyone, including other accounts, and no condition restricts the caller':
    '{Label} se aplica a todo el mundo, incluidas otras cuentas, y ninguna condición restringe a quien llama',
  'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`':
    'nombra las entidades principales o añade una condición sobre `aws:PrincipalArn` o `aws:PrincipalAccount`',
  '{Label} allows everyone except those listed, including anonymous callers':
    '{Label} permite a todo el mundo excepto a los indicados, incluidas llamadas anónimas',
  'list the allowed principals under `Principal`':
    'indica las entidades principales permitidas en `Principal`',
  '`{name}` trusts the whole account: anyone it grants `sts:AssumeRole` may assume the role':
    '`{name}` confía en toda la cuenta: cualquiera a quien esta conceda `sts:AssumeRole` puede asumir el rol',
  'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`':
    'nombra usuarios o roles, o exige `sts:ExternalId` o `aws:PrincipalTag/…`',
  'no token has the key `{key}`: keys are written without `https://`':
    'ningún token tiene la clave `{key}`: las claves se escriben sin `https://`',
  'no token of `{issuer}` has the key `{key}`, which is of another issuer':
    'ningún token de `{issuer}` tiene la clave `{key}`, que es de otro emisor',
  '{Label} never applies: a federated principal cannot call `sts:AssumeRole`':
    '{Label} nunca se aplica: una entidad principal federada no puede llamar a `sts:AssumeRole`',
  '`{element}` is not allowed in {kind}: the resource is the role':
    '`{element}` no se permite en {kind}: el recurso es el rol',
  '`{element}` is not allowed in {kind}, expected {Names}':
    '`{element}` no se permite en {kind}; se espera: {Names}',
  'a resource policy': 'una política de recurso',
  'a trust policy': 'una política de confianza',
  'a session policy': 'una política de sesión',
  'a permissions boundary': 'un límite de permisos',
  'a guardrail': 'una barrera de protección',
  'principal `{name}`': 'entidad principal `{name}`',
  'action `{name}` in a trust policy': 'acción `{name}` en una política de confianza',
  'empty object': 'objeto vacío',
  'a principal': 'una entidad principal',
  '`*` or an object such as `{"AWS": …}`': '`*` o un objeto como `{"AWS": …}`',
  'an `sts:` action': 'una acción `sts:`',
  'one that assumes a role': 'una que asume un rol',
  'one colon': 'un solo signo de dos puntos',
  'an ARN or `*`': 'un ARN o `*`',
  'the partition `aws`': 'la partición `aws`',
  "a service's name after the partition": 'el nombre de un servicio después de la partición',
  'no region: `{form}`': 'sin región: `{form}`',
  '`*`, `root` or a kind such as `user/`': '`*`, `root` o un tipo como `user/`',
  'a user, role or account: a group is not a principal':
    'un usuario, rol o cuenta: un grupo no es una entidad principal',
  '`*` alone or a whole name: wildcards are not allowed in a principal':
    '`*` solo o un nombre completo: no se permiten comodines en una entidad principal',
  '`*`, 12 digits, or the ARN or unique id of a user, role, session or account':
    '`*`, 12 dígitos, o el ARN o ID único de un usuario, rol, sesión o cuenta',
  "a service's name": 'el nombre de un servicio',
  "a provider's ARN": 'el ARN de un proveedor',
  'a canonical user id': 'un ID de usuario canónico',
  '{sentence} policy document has 1 fault: {Faults}.':
    'El documento de la política tiene 1 error: {Faults}. (AWS: {sentence})',
  '{sentence} policy document has {count} faults: {Faults}.':
    'El documento de la política tiene {count} errores: {Faults}. (AWS: {sentence})',
  '{sentence} policy document has 1 fault: {Faults}':
    'el documento de la política tiene 1 error: {Faults} (AWS: {sentence})',
  '{sentence} policy document has {count} faults: {Faults}':
    'el documento de la política tiene {count} errores: {Faults} (AWS: {sentence})',
  'policy document has 1 fault: {Faults}': 'el documento de la política tiene 1 error: {Faults}',
  'policy document has {count} faults: {Faults}':
    'el documento de la política tiene {count} errores: {Faults}',
  '{Faults}; and {count} more': '{Faults}; y {count} más',
  '{earlier}; line {LineNumber}, column {ColumnNumber}: {fault}':
    '{earlier}; línea {LineNumber}, columna {ColumnNumber}: {fault}',
  'line {LineNumber}, column {ColumnNumber}: {fault}': 'línea {LineNumber}, columna {ColumnNumber}: {fault}',
  'role `{role}`: {risk}': 'rol `{role}`: {risk}',
  '{Failed}; and {count} more': '{Failed}; y {count} más',
  '{Failed}; {Failed2}': '{Failed}; {Failed2}',
  '{Label}: {failed}': '{Label}: {failed}',
  '{Operator} of `{key}`': '{Operator} de `{key}`',
  '{Labels}, {Label}': '{Labels}, {Label}',
  '{Action} {Allowed}': '{Action}: {Allowed}',
} as const
