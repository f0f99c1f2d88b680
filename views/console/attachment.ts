// Who gains and who loses when a policy is attached to a person, group or role, or detached.
import { type Fragment, type Html, html } from '../html.ts'
import { nameSegment } from './name-segment.ts'
import { facts } from './parts.ts'
import { personPath } from './people.ts'
import { type ComparedView, comparedPart } from './policy-editor.ts'

export type AttachmentReview =
  | { readonly denied: string }
  | {
      readonly compared: readonly ComparedView[]
      /** Whether a permissions boundary limits what the policies allow. */
      readonly bounded: boolean
      /** The first members of a group; undefined when the reader may not know them, and for people and roles. */
      readonly members: { readonly names: readonly string[]; readonly more: boolean } | undefined
    }

type Named = AttachmentReview & { readonly kind: 'user' | 'group' | 'role'; readonly name: string }

const membersOf = ({
  names,
  more,
}: {
  readonly names: readonly string[]
  readonly more: boolean
}): Fragment =>
  names.length === 0
    ? 'Nobody is in the group yet.'
    : html`Everybody in the group: ${names.map((name, at) => html`${at > 0 && ', '}<a href="${personPath(name)}">${name}</a>`)}${more && ' and more'}.`

function whoOf(p: Named): Fragment {
  if (p.kind === 'user') return html`<a href="${personPath(p.name)}">${p.name}</a>`
  if (p.kind === 'role')
    return html`Whoever becomes the role <a href="/console/workloads/${nameSegment(p.name)}">${p.name}</a>.`
  if ('denied' in p || p.members === undefined) return 'Everybody in the group.'
  return membersOf(p.members)
}

const note = ({ kind }: Named): string =>
  kind === 'group'
    ? 'Compared are the policies of the group alone; a member may have others.'
    : kind === 'user'
      ? 'Compared are all policies of the person, with those of their groups.'
      : 'Compared are all policies of the role.'

export const attachmentReview = (p: Named): Html => html`${facts([['Who', whoOf(p)]])}
${
  'denied' in p
    ? html`<p class="empty">What changes for them is not shown. ${p.denied}</p>`
    : html`${comparedPart(p.compared)}<p class="note">${note(p)}${p.bounded && ' A permissions boundary limits them further.'}</p>`
}`
