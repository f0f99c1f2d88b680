// Reads forms with files (multipart/form-data, RFC 7578), with the limits of body.ts. Node's own parser, which the fetch standard
// describes, takes the body apart.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { type Form, maxParameters, readBody } from './body.ts'
import { noteTyped } from './typed-keys.ts'

export interface Upload {
  readonly form: Form
  /** By field; a file field that was left empty is missing. */
  readonly files: ReadonlyMap<string, Buffer>
}

/**
 * @param maxBytes of the whole body
 * @throws Problem('validation') naming the fault, Problem('too_large')
 */
export async function readUpload(ctx: Context, { maxBytes }: { readonly maxBytes: number }): Promise<Upload> {
  if (!ctx.is('multipart/form-data'))
    throw new Problem('validation', 'the request body must be `multipart/form-data`')
  const body = await readBody(ctx.req, { maxBytes })
  const form = new Map<string, string>()
  const files = new Map<string, Buffer>()
  for (const [name, value] of await entriesOf(body, ctx.get('Content-Type'))) {
    if (form.has(name) || files.has(name)) throw new Problem('validation', 'a field of the form stands twice')
    if (typeof value !== 'string') {
      if (value.size > 0) files.set(name, Buffer.from(await value.arrayBuffer()))
    } else if (value.includes('\0')) throw new Problem('validation', 'a field holds a NUL character')
    // Browsers send line breaks of text as CRLF (HTML, "multipart/form-data encoding algorithm").
    else form.set(name, value)
  }
  noteTyped(ctx.req, form.values())
  noteTyped(
    ctx.req,
    files.values().map((file) => file.toString('latin1')),
  )
  return { form, files }
}

async function entriesOf(body: Buffer, type: string): Promise<readonly (readonly [string, string | File])[]> {
  // Counted before parsing: what follows costs more with each part.
  let parts = 0
  for (let at = body.indexOf('\r\n--'); at >= 0; at = body.indexOf('\r\n--', at + 4)) parts += 1
  if (parts > maxParameters) throw new Problem('validation', `more than ${maxParameters} fields`)
  try {
    const parsed = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData()
    return [...parsed.entries()]
  } catch (cause) {
    throw new Problem('validation', 'the form cannot be read', { cause })
  }
}
