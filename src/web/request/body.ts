// Reads request bodies with limits on size, time, type, encoding, count and depth before parsing. A parsed form is a Map
// and a parsed JSON object has no prototype, so that `__proto__` and `constructor` are ordinary names (docs/attacks.md 27,
// 28).
import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import { noteTyped } from './typed-keys.ts'
import { refuseBody } from './unread-body.ts'

export type Form = ReadonlyMap<string, string>

/** A JSON value whose objects have no prototype. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export interface BodyLimits {
  /** Bytes. */
  readonly maxBytes?: number
  /** Milliseconds within which the whole body must arrive. */
  readonly timeout?: number
}

const formBytes = 64 * 1024
const jsonBytes = 256 * 1024
const timeoutMs = 10_000
/** Maximum parameters of a form or query. */
export const maxParameters = 500
/** Maximum nesting depth of objects and arrays. */
export const maxDepth = 32

/**
 * Reads the raw body, once.
 * @throws Problem('too_large'), Problem('validation') for a compressed or broken body, Problem('invalid_input') when it is
 * too slow
 */
export async function readBody(req: IncomingMessage, limits: BodyLimits = {}): Promise<Buffer> {
  const max = limits.maxBytes ?? formBytes
  const encoding = req.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Problem('validation', 'compressed request bodies are not taken')
  }
  if (Number(req.headers['content-length'] ?? 0) > max) {
    refuseBody(req)
    throw tooLarge(max)
  }
  return new Promise((done, fail) => {
    const chunks: Buffer[] = []
    let length = 0
    const timer = setTimeout(
      () => end(new Problem('invalid_input', 'the request body came too slowly')),
      limits.timeout ?? timeoutMs,
    )
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      if (length > max) end(tooLarge(max))
      else chunks.push(chunk)
    }
    const onEnd = (): void => end(undefined)
    const onBroken = (): void => end(new Problem('invalid_input', 'the request body broke off'))
    const end = (problem: Problem | undefined): void => {
      clearTimeout(timer)
      req.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken)
      if (!problem) {
        done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))
        return
      }
      refuseBody(req)
      req.on('error', () => {}).resume()
      fail(problem)
    }
    req.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken)
  })
}

/**
 * Discards what is left of a body that was refused, so that a browser, which sends all of it before it reads, gets the answer and
 * not a broken connection.
 * The connection is closed after the answer when there is more than `maxBytes`, or it comes too slowly.
 * @returns whether all of it has come
 */
export function discardBody(
  req: IncomingMessage,
  { maxBytes = formBytes, timeout = timeoutMs }: BodyLimits,
): Promise<boolean> {
  if (req.complete) return Promise.resolve(true)
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    refuseBody(req)
    return Promise.resolve(false)
  }
  return new Promise((done) => {
    let length = 0
    const timer = setTimeout(() => end(false), timeout)
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      if (length > maxBytes) end(false)
    }
    const onEnd = (): void => end(true)
    const onBroken = (): void => end(false)
    const end = (isAll: boolean): void => {
      clearTimeout(timer)
      req.off('data', onData).off('end', onEnd).off('close', onBroken)
      if (!isAll) refuseBody(req)
      done(isAll)
    }
    req.on('error', onBroken).on('data', onData).on('end', onEnd).on('close', onBroken).resume()
  })
}

const tooLarge = (max: number): Problem =>
  new Problem('too_large', `the request body is larger than ${max} bytes`)

/**
 * Reads a form: `application/x-www-form-urlencoded`, unique names, valid UTF-8 (WHATWG URL §5).
 * @throws Problem('validation') naming the fault, Problem('too_large')
 */
export async function readForm(ctx: Context, limits?: BodyLimits): Promise<Form> {
  if (!ctx.is('application/x-www-form-urlencoded')) {
    throw new Problem('validation', 'the request body must be `application/x-www-form-urlencoded`')
  }
  return noting(
    ctx,
    parseForm((await readBody(ctx.req, { maxBytes: formBytes, ...limits })).toString('latin1')),
  )
}

/** The query string, parsed by the same rules as a form. */
export const readQuery = (ctx: Context): Form => noting(ctx, parseForm(ctx.querystring))

function noting({ req }: Context, form: Form): Form {
  noteTyped(req, form.values())
  noteTyped(req, form.keys())
  return form
}

/**
 * Parses a form whose bytes are latin1 characters.
 * @throws Problem('validation')
 */
export function parseForm(text: string): Form {
  const form = new Map<string, string>()
  if (text === '') return form
  const pairs = text.split('&', maxParameters + 1)
  if (pairs.length > maxParameters) throw new Problem('validation', `more than ${maxParameters} parameters`)
  for (const pair of pairs) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decodeComponent(at < 0 ? pair : pair.slice(0, at))
    if (form.has(name)) throw new Problem('validation', `the parameter \`${shown(name)}\` stands twice`)
    form.set(name, at < 0 ? '' : decodeComponent(pair.slice(at + 1)))
  }
  return form
}

function decodeComponent(text: string): string {
  if (!/[%+\x80-\xff]/.test(text)) return checked(text)
  if (/%(?![0-9a-fA-F]{2})/.test(text))
    throw new Problem('validation', 'a parameter has a broken percent escape')
  const bytes = Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  if (!isUtf8(bytes)) throw new Problem('validation', 'a parameter is not valid UTF-8')
  return checked(bytes.toString('utf8'))
}

function checked(text: string): string {
  if (text.includes('\0')) throw new Problem('validation', 'a parameter holds a NUL character')
  return text
}

/** An untrusted name, shortened for a message. */
const shown = (name: string): string => (name.length > 64 ? `${name.slice(0, 64)}…` : name)

/**
 * Reads a JSON body whose top-level value is an object; no object in it has a prototype.
 * @throws Problem('validation') naming the fault, Problem('too_large')
 */
export async function readJson(
  ctx: Context,
  limits?: BodyLimits,
): Promise<{ readonly [name: string]: Json }> {
  if (!ctx.is('application/json', '+json'))
    throw new Problem('validation', 'the request body must be `application/json`')
  const bytes = await readBody(ctx.req, { maxBytes: jsonBytes, ...limits })
  if (!isUtf8(bytes)) throw new Problem('validation', 'the request body is not valid UTF-8')
  return parseJsonObject(bytes.toString('utf8'))
}

/** Parses a JSON object. @throws Problem('validation') */
export function parseJsonObject(text: string): { readonly [name: string]: Json } {
  // Depth is checked on the text, because JSON.parse would already have recursed.
  if (depthOf(text) > maxDepth) throw new Problem('validation', `the JSON is nested deeper than ${maxDepth}`)
  const value = parseUniqueJson(text)
  if (value === undefined)
    throw new Problem('validation', 'the request body is not valid JSON, or repeats a key')
  const bare = withoutPrototypes(value)
  if (typeof bare !== 'object' || bare === null || Array.isArray(bare)) {
    throw new Problem('validation', 'the request body must be a JSON object')
  }
  return bare as { readonly [name: string]: Json }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (quoted) {
      if (c === 0x5c) i += 1
      else if (c === 0x22) quoted = false
    } else if (c === 0x22) quoted = true
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (c === 0x7d || c === 0x5d) depth -= 1
  }
  return deepest
}

function withoutPrototypes(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  if (typeof value !== 'object' || value === null) return value as Json
  const bare = Object.create(null) as Record<string, Json>
  for (const [name, member] of Object.entries(value)) bare[name] = withoutPrototypes(member)
  return bare
}

/** One field of a form; the empty string when absent. */
export const field = (form: Form, name: string): string => form.get(name) ?? ''
