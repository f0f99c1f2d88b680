// Options of the command line from the members of a schema, by their JSON Schema.
import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import type { CommandContext } from '../context.ts'

export interface Member {
  readonly name: string
  readonly description: string
  readonly type: 'text' | 'instant' | 'number' | 'boolean' | 'list' | 'map' | 'json' | 'secret' | 'file'
  /** An empty text removes the value. */
  readonly removable: boolean
  readonly required: boolean
  readonly choices: readonly string[] | undefined
}

type JsonSchema = z.core.JSONSchema.BaseSchema

export function membersOf(schema: z.ZodObject): readonly Member[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).flatMap(([name, property]) =>
    typeof property === 'object' ? [memberOf(name, property, required.includes(name))] : [],
  )
}

function memberOf(name: string, property: JsonSchema, required: boolean): Member {
  const forms = (property.anyOf ?? formsByType(property)).filter(
    (form): form is JsonSchema => typeof form === 'object',
  )
  const form = forms.find(({ type }) => type !== 'null') ?? property
  return {
    name,
    description: property.description ?? form.description ?? '',
    type: typeOf(form, property),
    removable: forms.some(({ type }) => type === 'null'),
    required,
    choices: form.enum?.every((one) => typeof one === 'string') ? form.enum : undefined,
  }
}

/** Of `type: [string, null]` a form for each. */
function formsByType(property: JsonSchema): readonly JsonSchema[] {
  const types: unknown = property.type
  return Array.isArray(types) ? types.map((type) => ({ ...property, type })) : [property]
}

function typeOf(form: JsonSchema, property: JsonSchema): Member['type'] {
  if ((property['format'] ?? form['format']) === 'password') return 'secret'
  if (form.contentEncoding === 'base64') return 'file'
  switch (form.type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'array':
      return isText(form.items) ? 'list' : 'json'
    case 'object':
      return isTextMap(form) ? 'map' : 'json'
    case 'string':
      return form['format'] === 'date-time' ? 'instant' : 'text'
    default:
      // A form without a type takes any JSON; one with a list of values is text.
      return form.enum === undefined && form.const === undefined ? 'json' : 'text'
  }
}

const formsOf = (schema: unknown): readonly unknown[] =>
  typeof schema === 'object' && schema !== null && 'anyOf' in schema && Array.isArray(schema.anyOf)
    ? schema.anyOf
    : [schema]

const isText = (schema: unknown): boolean =>
  formsOf(schema).every(
    (form) =>
      typeof form === 'object' &&
      form !== null &&
      'type' in form &&
      (form.type === 'string' || form.type === 'null'),
  )

const isTextMap = ({ properties, additionalProperties }: JsonSchema): boolean =>
  properties === undefined
    ? typeof additionalProperties !== 'object' || isText(additionalProperties)
    : Object.values(properties).every(isText)

/** Options that every command has of its own; a member of such a name is `--set-<name>`. */
const reserved: ReadonlySet<string> = new Set([
  'all',
  'help',
  'if-match',
  'json',
  'profile',
  'url',
  'version',
])

/** `displayName` and `display_name` → `display-name`. */
function optionName(name: string): string {
  const option = name.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return reserved.has(option) ? `set-${option}` : option
}

/** Under which commander keeps the value of an option. */
const attributeName = (name: string): string =>
  optionName(name).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Adds `--name`, in the form that its type has on a command line. */
export function addMemberOption(command: Command, member: Member): void {
  const { type, removable, required, choices } = member
  const option = `--${optionName(member.name)}`
  const text = [
    member.description,
    choices && `one of ${choices.join(', ')}`,
    removable && type !== 'boolean' && type !== 'secret' && 'an empty text removes it',
  ]
    .filter((part) => part !== undefined && part !== false && part !== '')
    .join('; ')
  const add = required ? command.requiredOption.bind(command) : command.option.bind(command)
  switch (type) {
    case 'number':
      add(`${option} <number>`, text, wholeNumber)
      return
    case 'boolean':
      command.option(option, text)
      if (!/^dry-run$/.test(optionName(member.name))) command.option(`--no-${optionName(member.name)}`)
      return
    case 'list':
      add(`${option} <value...>`, text)
      return
    case 'map':
      add(`${option} <name=value...>`, text)
      return
    case 'secret':
      add(`${option}-file <file>`, `${text}; read from a file, \`-\` is standard input`)
      return
    case 'file':
      add(`${option}-file <file>`, text.replace(/, in base64$/, ''))
      return
    case 'json':
      add(
        `${option} <json>`,
        `${text === '' ? 'as in the configuration file' : text}; JSON, or @ and a file of it`,
      )
      return
    case 'instant':
      add(`${option} <instant>`, `${text}; a date is its beginning`)
      return
    case 'text':
      add(`${option} <text>`, text)
  }
}

function wholeNumber(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number')
  return Number(text)
}

/** What an option says, as the API takes it; undefined when it was not given. */
export function givenValue(
  member: Member,
  options: Readonly<Record<string, unknown>>,
  { read, readBytes }: Pick<CommandContext, 'read' | 'readBytes'>,
): unknown {
  const { name, type, removable } = member
  if (type === 'file') {
    const file = options[`${attributeName(name)}File`]
    if (file === '' && removable) return null
    return typeof file === 'string' ? readBytes(file).toString('base64') : undefined
  }
  if (type === 'secret') {
    const file = options[`${attributeName(name)}File`]
    return typeof file === 'string' ? read(file).replace(/\r?\n$/, '') : undefined
  }
  const value = options[attributeName(name)]
  if (value === '' && removable) return null
  if (type === 'json' && typeof value === 'string') return jsonOf(name, value, read)
  if (type === 'instant' && /^\d{4}-\d{2}-\d{2}$/.test(String(value))) return `${String(value)}T00:00:00Z`
  if (type === 'list' && Array.isArray(value)) return value.filter((one) => one !== '')
  if (type === 'map' && Array.isArray(value)) return mapOf(value.map(String))
  return value
}

/** `name=value` pairs; a name without a value is one to remove. */
const mapOf = (pairs: readonly string[]): Record<string, string | null> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      const value = at < 0 ? '' : pair.slice(at + 1)
      return [at < 0 ? pair : pair.slice(0, at), value === '' ? null : value]
    }),
  )

/** @throws Problem('invalid_input') for what is not JSON */
function jsonOf(name: string, text: string, read: (file: string) => string): unknown {
  const isFile = text.startsWith('@')
  const value = parsed(name, isFile ? read(text.slice(1)) : text)
  // Command lines are seen by every user of the machine, and stay in the history of shells.
  if (!isFile && hasSecret(value))
    throw new Problem(
      'invalid_input',
      `--${optionName(name)} has a secret: write it as @ and a file, or @- for standard input`,
    )
  return value
}

function parsed(name: string, json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Problem('invalid_input', `--${optionName(name)} must be JSON, or @ and a file of it`, { cause })
  }
}

const secretName = /^(?:client_secret|private_key|(?:bind_)?password)$/

const hasSecret = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => (secretName.test(name) && inner !== null) || hasSecret(inner))
