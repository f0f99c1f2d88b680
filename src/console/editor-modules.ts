// The modules of the policy editor's page, served as they are: CodeMirror from its packages, and our own sources with their types
// stripped, so that the policy engine in the page is the very code of src/policy. There is no build: a module is read when the editor
// is first opened, and its imports are rewritten to the paths under which we serve them, because an import map would need an inline
// script, which the content policy forbids.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Context } from 'koa'
import type { PageModules } from '../../views/layout.ts'
import type { Route } from '../web/route.ts'

interface Module {
  /** In the path: letters, digits and dashes. */
  readonly name: string
  readonly code: string
  /** Names of the modules that it imports. */
  readonly imports: readonly string[]
}

const root = new URL('..', new URL('..', import.meta.url))
const entry = 'src/console/page/policy-editor.ts'
const prefix = '/assets/editor/'

/** Static imports and re-exports, and the URL of a worker's script. */
const specifiers = /^((?:import|export)\b[^'"();]*?from |import |.*\bnew URL\()(['"])([^'"]+)\2/gm

/** Modules are read at the first call, and compressed when they are first requested. */
export class EditorModuleFiles {
  #read: Promise<ReadonlyMap<string, Module>> | undefined
  #version = ''
  readonly #compressed = new Map<string, Promise<Buffer>>()
  readonly #digest: (content: string) => string

  /** @param digest hashes all modules together (hex or base64url); a part of it is in every path */
  constructor(digest: (content: string) => string) {
    this.#digest = digest
  }

  async modules(): Promise<PageModules> {
    const all = await this.#all()
    const reached = new Set<string>()
    const follow = (name: string): void => {
      if (reached.has(name)) return
      reached.add(name)
      for (const next of all.get(name)?.imports ?? []) follow(next)
    }
    follow(nameOf(entry))
    const [script = '', ...preload] = [...reached].map((name) => this.#path(name))
    return { script, preload }
  }

  get routes(): readonly Route[] {
    return [
      { method: 'GET', path: `${prefix}:version/:name`, access: 'public', run: (ctx) => this.#serve(ctx) },
    ]
  }

  #path(name: string): string {
    return `${prefix}${this.#version}/${name}.js`
  }

  #all(): Promise<ReadonlyMap<string, Module>> {
    this.#read ??= readModules().then((all) => {
      this.#version = this.#digest(JSON.stringify([...all.values()])).slice(0, 16)
      return all
    })
    return this.#read
  }

  async #serve(ctx: Context): Promise<void> {
    const all = await this.#all()
    const { version = '', name = '' } = ctx['params'] as Readonly<Record<string, string>>
    const module = all.get(name.replace(/\.js$/, ''))
    if (module === undefined || version !== this.#version || !name.endsWith('.js')) {
      ctx.status = 404
      ctx.type = 'text/plain'
      ctx.body = 'no such file\n'
      return
    }
    ctx.status = 200
    ctx.set('Content-Type', 'text/javascript; charset=utf-8')
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.vary('Accept-Encoding')
    if (ctx.acceptsEncodings('br', 'identity') !== 'br') {
      ctx.body = module.code
      return
    }
    ctx.set('Content-Encoding', 'br')
    ctx.body = await this.#brotli(module)
  }

  #brotli({ name, code }: Module): Promise<Buffer> {
    const known = this.#compressed.get(name)
    if (known !== undefined) return known
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
    const made = promisify(brotliCompress)(code, { params })
    this.#compressed.set(name, made)
    return made
  }
}

/** `src/policy/lint.ts` → `src-policy-lint`, `@codemirror/view` → `codemirror-view`. */
const nameOf = (module: string): string =>
  module
    .replace(/\.[tj]s$/, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^-/, '')

/** The entry and everything that it imports, by name; gives way to requests after each file. */
async function readModules(): Promise<ReadonlyMap<string, Module>> {
  const all = new Map<string, Module>()
  const waiting = [entry]
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (all.has(nameOf(module))) continue
    const { code, imports } = readModule(module)
    all.set(nameOf(module), { name: nameOf(module), code, imports: imports.map(nameOf) })
    waiting.push(...imports)
    await nextTurn()
  }
  return all
}

function readModule(module: string): { readonly code: string; readonly imports: readonly string[] } {
  const isOurs = /^(src|views)\//.test(module)
  const imports: string[] = []
  const code = withoutComments(isOurs ? ownCode(module) : packageCode(module)).replace(
    specifiers,
    (_, before: string, quote: string, specifier: string) => {
      const target = specifier.startsWith('.') ? new URL(specifier, new URL(module, root)).href : specifier
      const imported = target.startsWith(root.href) ? target.slice(root.href.length) : target
      imports.push(imported)
      return `${before}${quote}./${nameOf(imported)}.js${quote}`
    },
  )
  return { code, imports }
}

/** A source of ours, or the JavaScript in its place in a built package. */
function ownCode(module: string): string {
  const file = new URL(module, root)
  if (import.meta.url.endsWith('.js')) return readFileSync(new URL(file.href.replace(/\.ts$/, '.js')), 'utf8')
  return withoutWarning(() => stripTypeScriptTypes(readFileSync(file, 'utf8')))
}

/** Node calls the function experimental, in a line of the log; it is what Node itself runs these sources with. */
function withoutWarning<T>(work: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return work()
  } finally {
    process.emitWarning = emitWarning
  }
}

const packageCode = (name: string): string => readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8')

/**
 * Without indentation, and without comments on lines of their own: a third of what would be sent. No source has a text that this
 * changes the meaning of; test/e2e/policy-editor.test.ts compares what the modules answer with what the sources do.
 */
const withoutComments = (code: string): string =>
  code
    .replace(/^[ \t]*\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*$/gm, '')
    .replace(/^[ \t]*\/\/.*\n/gm, '')
    .replace(/^[ \t]+|[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
