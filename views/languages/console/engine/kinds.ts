// What the values of texts of the policy engine are, in every language alike: sources of regular expressions in which a backtick stands
// for a name in backticks (views/templates.ts).

/** One who may, or what they may do, or to what; and a value of a condition. */
const item =
  '(?:everyone|every identity provider|every action(?: of `)?|no value|(?:the account |the service |tokens of |identities of |people of the SAML provider )?`)'
const more = '(?: (?:and|or) (?:one of )?\\d+ more)?'
const names = `${item}(?:(?:, | and | or )${item})*${more}`

const relation = '(?:equal to|at or before|before|at or after|after|at most|below|at least|above|in|like)'
const verb = `(?:(?:is not|is)(?:, in any case,| ${relation})?|matches|does not match)`
const condition = `(?:(?:every|any) value of )?\`(?: is (?:absent|present)| ${verb} ${names}(?:, when there is one)?)`

/** What would have to be otherwise. */
const wishVerb = `were(?: not)?(?: ${relation})?`
const values = `(?:empty|${names})`
const bareWish = `(?:(?:every|a) value of )?\` ${wishVerb} ${values}`
const wish = `(?:\` were (?:missing|present)|${bareWish} \\(it is (?:missing|${values})\\))`

const statement = 'statement (?:`|\\d+) of ` \\(line \\d+\\)'
const statements = `${statement}(?: and ${statement})*`
const allowed = `allowed (?:by ${statements}|without a statement, as the account root or an action that needs no permission)`

/** As it is written in a condition. */
const operator = '(?:For(?:AllValues|AnyValue):)?[A-Z][A-Za-z]+'

/** What the linter calls a statement. */
const label = 'statement (?:`|\\d+)'
const failed = `${label}: ${operator} of \`(?: with ${names}; (?:the request does not have it|it is ${names}(?:, a list: write \`|, which differs in upper and lower case only)?))?`
const way = '` (?:with ` )?lets them (?:(?!`)[^;])+'

const keyValue = `\` = (?:none|${names})`
const keyValues = `${keyValue}(?:, ${keyValue})*`

/** What a comparison of policies could not decide. */
const dependency =
  '(?:` of ` with `(?: taken literally)?|` with `(?:, `)*|` `|a class of requests that the engine decides differently)'

export const engineKinds: ReadonlyMap<string, string> = new Map([
  ['Name', '`'],
  ['Names', names],
  ['Actions', `(?:every action except )?${names}`],
  ['Verb', verb],
  ['Conditions', `${condition}(?:(?:, | and )${condition})*(?: and \\d+ more)?`],
  ['WishVerb', wishVerb],
  ['Values', values],
  ['BareWish', bareWish],
  ['Wishes', `${wish}(?: (?:and|or) ${wish})*`],
  ['Statements', statements],
  ['Action', '[A-Za-z0-9-]+:[A-Za-z0-9]+'],
  ['Allowed', allowed],
  ['Label', label],
  ['Labels', `${label}(?:, ${label})*`],
  ['Failed', `${failed}(?:; ${failed})*(?:; and \\d+ more)?`],
  ['Ways', `${way}(?:; ${way})*(?:; and \\d+ more)?`],
  ['Token', '(?:end of text|control character|`)'],
  ['Faults', 'line \\d+, column \\d+: .+?'],
  ['LineNumber', '\\d+'],
  ['ColumnNumber', '\\d+'],
  ['StatementNumber', '\\d+'],
  ['Operator', operator],
  ['KeyValues', keyValues],
  ['Question', `\` on \`(?: by \`)?(?: with ${keyValues})?`],
  ['Dependencies', `${dependency}(?: and ${dependency})*`],
  ['Layer', "[a-z' ]+"],
  ['Decision', '(?:allowed|denied) .+?'],
])
