// Answers with a page of the console, in its frame: which sections the person may not see is decided for each page.
import { type ConsoleFrame, consolePage, type Section } from '../../../views/console/frame/frame.ts'
import type { Words } from '../../../views/console/message.ts'
import {
  type Fragment,
  fillText,
  type Html,
  htmlText,
  inLanguage,
  type Translate,
} from '../../../views/html.ts'
import type { ConsoleMessage } from '../../../views/languages/console/message.ts'
import type { PageModules } from '../../../views/layout.ts'
import type { ConsoleRequest } from './request.ts'
import { isAnyLeft, sectionsDenied } from './sections.ts'

export interface ConsoleView {
  readonly section: Section | undefined
  readonly title: Words
  readonly body: Fragment
  /** Default 200. */
  readonly status?: number
  readonly search?: string
  /** That this page alone loads. */
  readonly modules?: PageModules
}

/** Of requests, so that each is asked once. */
const deniedOf = new WeakMap<ConsoleRequest, Promise<readonly Section[]>>()

/** The sections that the person may not see. */
export function deniedSections(request: ConsoleRequest): Promise<readonly Section[]> {
  const known = deniedOf.get(request)
  if (known !== undefined) return known
  const denied = sectionsDenied(request.ports, request)
  deniedOf.set(request, denied)
  return denied
}

/** Whether the person may see any section but Home. */
export const hasAnySection = async (request: ConsoleRequest): Promise<boolean> =>
  isAnyLeft(await deniedSections(request))

export async function showPage(request: ConsoleRequest, view: ConsoleView): Promise<void> {
  const { ports, accountId, user, token, translate } = request
  const frame: ConsoleFrame = {
    section: view.section,
    denied: await deniedSections(request),
    user: user.name,
    account: accountId,
    brand: await ports.brandOf(accountId),
    token,
    translate,
    timeZone: await ports.timeZoneOf(user.id),
    ...(view.search !== undefined && { search: view.search }),
  }
  ports.show(request.ctx, consolePage(frame, view), { status: view.status ?? 200 })
}

/** The messages in the language of the person who reads the answer. */
export const messagesOf = ({ ctx, translate }: ConsoleRequest): Translate => {
  ctx.vary('Accept-Language')
  ctx.vary('Cookie')
  return translate
}

/** A message as text that is no markup. */
export const plainText = (
  request: ConsoleRequest,
  message: ConsoleMessage,
  values: Readonly<Record<string, string>> = {},
): string => fillText(messagesOf(request).textOf(message), values)

/** Answers with a part of a page, which a script puts in the place of the former one. */
export function showPart(request: ConsoleRequest, part: Html): void {
  const { ctx } = request
  ctx.status = 200
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = htmlText(inLanguage(part, messagesOf(request)))
}
