// MongoDB's query language as its manual describes it, for the operators the filter uses: slow, literal, and sharing
// nothing with src/policy. An operator it does not know, or a value an operator refuses, throws as the server would.

type Doc = Readonly<Record<string, unknown>>
type Vars = ReadonlyMap<string, unknown>

const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether find() with the filter would return the document. */
export function mongoMatches(filter: Doc, doc: Doc): boolean {
  return Object.entries(filter).every(([name, value]) => {
    switch (name) {
      case '$and':
        return (value as Doc[]).every((one) => mongoMatches(one, doc))
      case '$or':
        return (value as Doc[]).some((one) => mongoMatches(one, doc))
      case '$nor':
        return !(value as Doc[]).some((one) => mongoMatches(one, doc))
      case '$expr':
        return truthy(evaluate(value, doc, new Map([['ROOT', doc]])))
      default:
        if (name.startsWith('$')) throw new Error(`unknown top level operator: ${name}`)
        return matchesField(value as Doc, reach(doc, name.split('.')))
    }
  })
}

/** The values at the end of a path; undefined where it ends early. An array on the way is entered. */
function reach(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (Array.isArray(value)) {
    const entered = value.filter(isDoc).flatMap((entry) => reach(entry, path))
    return entered
  }
  if (!isDoc(value) || !Object.hasOwn(value, name)) return [undefined]
  return reach(value[name], rest)
}

function matchesField(condition: Doc, ends: readonly unknown[]): boolean {
  // An array matches as itself and by each of its entries.
  const values = ends.flatMap((end) => (Array.isArray(end) ? [end, ...end] : [end]))
  return Object.entries(condition).every(([operator, wanted]) => {
    switch (operator) {
      case '$not':
        return !matchesField(wanted as Doc, ends)
      case '$eq':
        return values.some((value) => queryEquals(value, wanted)) || (wanted === null && ends.length === 0)
      case '$in':
        return values.some((value) => (wanted as unknown[]).some((one) => queryEquals(value, one)))
      case '$nin':
        return !values.some((value) => (wanted as unknown[]).some((one) => queryEquals(value, one)))
      case '$gte':
        return values.some((value) => comparable(value, wanted) && order(value, wanted) >= 0)
      case '$gt':
        return values.some((value) => comparable(value, wanted) && order(value, wanted) > 0)
      case '$lt':
        return values.some((value) => comparable(value, wanted) && order(value, wanted) < 0)
      case '$lte':
        return values.some((value) => comparable(value, wanted) && order(value, wanted) <= 0)
      case '$elemMatch':
        // Each entry by itself: an entry that is an array is not entered.
        return ends.some(
          (end) =>
            Array.isArray(end) &&
            end.some((entry) => !Array.isArray(entry) && matchesField(wanted as Doc, [entry])),
        )
      case '$type':
        return values.some((value) => typeName(value) === wanted)
      default:
        throw new Error(`unknown operator: ${operator}`)
    }
  })
}

/** Ranges compare within a type, and NaN with nothing. */
const comparable = (value: unknown, wanted: unknown): boolean =>
  typeof value === typeof wanted && !Number.isNaN(value)

const queryEquals = (value: unknown, wanted: unknown): boolean =>
  wanted === null ? value === null || value === undefined : value === wanted

function typeName(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'int' : 'double'
    default:
      return 'object'
  }
}

/** By type first, then by value; texts by their bytes in UTF-8. */
function order(one: unknown, two: unknown): number {
  const ranks = ['missing', 'null', 'int', 'double', 'string', 'object', 'array', 'bool']
  const rank = (value: unknown): number => ranks.indexOf(typeName(value).replace('int', 'double'))
  if (rank(one) !== rank(two)) return rank(one) - rank(two)
  if (typeof one === 'string' && typeof two === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(two))
  // NaN is less than every number.
  if (typeof one === 'number' && typeof two === 'number') {
    if (Number.isNaN(one) || Number.isNaN(two)) return Number(Number.isNaN(two)) - Number(Number.isNaN(one))
    return one < two ? -1 : one > two ? 1 : 0
  }
  return JSON.stringify(one) === JSON.stringify(two) ? 0 : -1
}

const truthy = (value: unknown): boolean =>
  value !== false && value !== 0 && value !== null && value !== undefined

function evaluate(expression: unknown, doc: Doc, vars: Vars): unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) return reference(expression, doc, vars)
  if (Array.isArray(expression)) return expression.map((one) => evaluate(one, doc, vars))
  if (!isDoc(expression)) return expression
  const [[operator, given] = ['', undefined], ...more] = Object.entries(expression)
  if (more.length > 0 || !operator.startsWith('$')) throw new Error('an expression has one operator')
  const of = (one: unknown): unknown => evaluate(one, doc, vars)
  const special = lazily(operator, given, doc, vars, of)
  if (special !== undefined) return special.value
  const args = Array.isArray(given) ? given.map(of) : [of(given)]
  const run = eager.get(operator)
  if (run === undefined) throw new Error(`unknown expression operator: ${operator}`)
  return run(args)
}

function lazily(
  operator: string,
  given: unknown,
  doc: Doc,
  vars: Vars,
  of: (one: unknown) => unknown,
): { readonly value: unknown } | undefined {
  const list = given as unknown[]
  const object = given as Doc
  switch (operator) {
    case '$literal':
      return { value: given }
    case '$and':
      return { value: list.every((one) => truthy(of(one))) }
    case '$or':
      return { value: list.some((one) => truthy(of(one))) }
    case '$cond':
      return { value: of(truthy(of(list[0])) ? list[1] : list[2]) }
    case '$let': {
      const inner = new Map(vars)
      for (const [name, value] of Object.entries(object['vars'] as Doc)) inner.set(name, of(value))
      return { value: evaluate(object['in'], doc, inner) }
    }
    case '$map': {
      const input = of(object['input'])
      if (!Array.isArray(input)) throw new Error('$map: input must be an array')
      return {
        value: input.map((entry) =>
          evaluate(object['in'], doc, new Map([...vars, [String(object['as']), entry]])),
        ),
      }
    }
    case '$replaceAll': {
      const [input, find, replacement] = [of(object['input']), of(object['find']), of(object['replacement'])]
      return {
        value: texts('$replaceAll', [input, find, replacement])[0]!.replaceAll(String(find), () =>
          String(replacement),
        ),
      }
    }
    case '$regexMatch': {
      const [input, regex] = texts('$regexMatch', [of(object['input']), of(object['regex'])])
      return { value: new RegExp(regex!, 'u').test(input!) }
    }
    default:
      return undefined
  }
}

function reference(text: string, doc: Doc, vars: Vars): unknown {
  const variable = text.startsWith('$$')
  const [head = '', ...rest] = text.slice(variable ? 2 : 1).split('.')
  if (variable && !vars.has(head)) throw new Error(`undefined variable: ${head}`)
  return along(variable ? vars.get(head) : doc, variable ? rest : [head, ...rest])
}

/** In expressions an array on the way becomes the array of its entries' members. */
function along(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (Array.isArray(value))
    return value.map((entry) => along(entry, path)).filter((entry) => entry !== undefined)
  return isDoc(value) && Object.hasOwn(value, name) ? along(value[name], rest) : undefined
}

function texts(operator: string, values: readonly unknown[]): readonly string[] {
  for (const value of values) if (typeof value !== 'string') throw new Error(`${operator} needs strings`)
  return values as string[]
}

function numbers(operator: string, values: readonly unknown[]): readonly number[] {
  for (const value of values) if (typeof value !== 'number') throw new Error(`${operator} needs numbers`)
  return values as number[]
}

const points = (text: string): string[] => Array.from(text)

function indexOfPoints([text, part]: readonly unknown[]): number {
  const [whole, sought] = texts('$indexOfCP', [text, part]).map(points) as [string[], string[]]
  for (let at = 0; at + sought.length <= whole.length; at++)
    if (sought.every((point, place) => whole[at + place] === point)) return at
  return -1
}

function partOfPoints([text, from, length]: readonly unknown[]): string {
  const [start, count] = numbers('$substrCP', [from, length]) as [number, number]
  if (start < 0 || count < 0) throw new Error('$substrCP: negative')
  return points(texts('$substrCP', [text])[0]!)
    .slice(start, start + count)
    .join('')
}

type Eager = (args: readonly unknown[]) => unknown

const eager: ReadonlyMap<string, Eager> = new Map<string, Eager>([
  ['$not', ([one]: readonly unknown[]) => !truthy(one)],
  ['$eq', ([one, two]: readonly unknown[]) => order(one, two) === 0],
  ['$lt', ([one, two]: readonly unknown[]) => order(one, two) < 0],
  ['$lte', ([one, two]: readonly unknown[]) => order(one, two) <= 0],
  ['$gt', ([one, two]: readonly unknown[]) => order(one, two) > 0],
  ['$gte', ([one, two]: readonly unknown[]) => order(one, two) >= 0],
  ['$in', ([one, list]: readonly unknown[]) => (list as unknown[]).some((entry) => order(one, entry) === 0)],
  ['$type', ([one]: readonly unknown[]) => typeName(one)],
  ['$isArray', ([one]: readonly unknown[]) => Array.isArray(one)],
  [
    '$size',
    ([list]: readonly unknown[]) => {
      if (!Array.isArray(list)) throw new Error('$size needs an array')
      return list.length
    },
  ],
  ['$anyElementTrue', ([list]: readonly unknown[]) => (list as unknown[]).some(truthy)],
  ['$add', (args: readonly unknown[]) => numbers('$add', args).reduce((sum, one) => sum + one, 0)],
  ['$subtract', (args: readonly unknown[]) => numbers('$subtract', args)[0]! - Number(args[1])],
  ['$trunc', (args: readonly unknown[]) => Math.trunc(numbers('$trunc', args)[0]!)],
  ['$toLong', (args: readonly unknown[]) => Math.trunc(numbers('$toLong', args)[0]!)],
  ['$toString', ([one]: readonly unknown[]) => String(one)],
  ['$strLenCP', (args: readonly unknown[]) => points(texts('$strLenCP', args)[0]!).length],
  ['$indexOfCP', indexOfPoints],
  ['$substrCP', partOfPoints],
  ['$concat', (args: readonly unknown[]) => texts('$concat', args).join('')],
])
