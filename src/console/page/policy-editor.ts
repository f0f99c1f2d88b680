// The policy editor's page: CodeMirror in the place of the text area, and what the document says while it is typed. Without this
// module the form works as it is; everything here only fills and reads its fields.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { EditorTexts } from '../../../views/console/access/policy-editor.ts'
import { languages } from '../../../views/languages/languages.ts'
import type { Review, ReviewLanguage, ReviewRequest } from './review-worker.ts'

/** Milliseconds after the last key. */
const pause = 150

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--care)' },
  { tag: [tags.brace, tags.squareBracket, tags.separator], color: 'var(--ink-2)' },
])

const theme = EditorView.theme({
  '&': {
    height: '31rem',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--edge)',
    borderRadius: '0.75rem',
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '0.8125rem', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--ink-2)', backgroundColor: 'var(--sunk)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--line)',
  },
  '.cm-tooltip': {
    maxWidth: '28rem',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--edge)',
  },
})

const element = <E extends Element>(selector: string): E | undefined =>
  document.querySelector<E>(selector) ?? undefined

const severities = { error: 'error', warning: 'warning', note: 'info' } as const

const offset = (text: Text, { line, column }: { readonly line: number; readonly column: number }): number => {
  const { from, to } = text.line(Math.min(Math.max(line, 1), text.lines))
  return Math.min(from + column - 1, to)
}

const diagnosticsOf = (text: Text, { findings }: Review): Diagnostic[] =>
  findings.map(({ severity, message, fix, from, to }) => ({
    from: offset(text, from),
    to: Math.max(offset(text, from), offset(text, to)),
    severity: severities[severity],
    message: [message, fix].filter((part) => part !== '').join('\n'),
  }))

/** The language of the page, with what the server put on the form for it; undefined in English. */
function languageOf({ dataset }: HTMLFormElement): ReviewLanguage | undefined {
  const language = languages.find((one) => one === document.documentElement.lang)
  const json = dataset['texts'] ?? ''
  return language === undefined || json === ''
    ? undefined
    : { language, texts: JSON.parse(json) as EditorTexts }
}

function createView(
  parent: ShadowRoot,
  doc: string,
  p: { readonly label: string; readonly text: (message: string) => string; readonly changed: () => void },
): EditorView {
  const { text } = p
  return new EditorView({
    parent,
    root: parent,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        json(),
        syntaxHighlighting(colours),
        theme,
        // Without a binding for Tab, which leaves the editor as it leaves a text area.
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({
          'aria-label': p.label,
          tabindex: '0',
          spellcheck: 'false',
          autocapitalize: 'none',
        }),
        EditorState.phrases.of({
          Diagnostics: text('Warnings'),
          'No diagnostics': text('No warnings.'),
          'Selection deleted': text('Selection deleted'),
          close: text('Close'),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) p.changed()
        }),
      ],
    }),
  })
}

/** Reviews documents in a worker, one at a time: the newest one is sent when the review before it has arrived. */
class Reviewer {
  readonly #worker = new Worker(new URL('./review-worker.ts', import.meta.url), { type: 'module' })
  readonly #request: () => ReviewRequest
  #timer: ReturnType<typeof setTimeout> | undefined
  #isBusy = false
  #isWaiting = false

  constructor(
    language: ReviewLanguage | undefined,
    request: () => ReviewRequest,
    show: (review: Review) => void,
  ) {
    this.#request = request
    if (language !== undefined) this.#worker.postMessage(language)
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Review>) => {
      this.#isBusy = false
      show(data)
      if (this.#isWaiting) {
        this.#isWaiting = false
        this.review()
      }
    })
    this.#worker.addEventListener('error', () => {
      this.#isBusy = false
    })
  }

  review(): void {
    if (this.#isBusy) {
      this.#isWaiting = true
      return
    }
    this.#isBusy = true
    this.#worker.postMessage(this.#request())
  }

  /** After a pause without another call. */
  reviewSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.review(), pause)
  }
}

/** The fields of the form as the worker reviews them. */
function requestOf(form: HTMLFormElement, document: string): ReviewRequest {
  const value = (name: string): string => {
    const field = form.elements.namedItem(name)
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : ''
  }
  return {
    document,
    accountId: form.dataset['account'] ?? '',
    question: {
      principal: value('ask-principal').trim(),
      action: value('ask-action').trim(),
      resource: value('ask-resource').trim(),
      context: value('ask-context').trim(),
    },
    tests: value('tests') || '[]',
  }
}

function open(area: HTMLTextAreaElement, form: HTMLFormElement): void {
  const language = languageOf(form)
  const label = form.querySelector<HTMLLabelElement>(`label[for="${area.id}"]`)
  const host = document.createElement('div')
  host.className = 'code-editor'
  // In a shadow root CodeMirror adopts constructed style sheets, which the content policy allows, instead of style elements.
  const view = createView(host.attachShadow({ mode: 'open' }), area.value, {
    label: label?.textContent ?? '',
    text: (message) => language?.texts.messages[message] ?? message,
    changed: () => reviewer.reviewSoon(),
  })
  area.hidden = true
  area.after(host)
  const store = (): void => {
    area.value = view.state.doc.toString()
  }
  form.addEventListener('submit', store)
  addEventListener('pagehide', store)
  label?.addEventListener('click', () => view.focus())

  const show = (review: Review): void => {
    const { doc } = view.state
    const typed = doc.toString()
    if (review.document !== typed) return
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(doc, review)))
    replace('#review', review.review)
    replace('#policy-tests', review.tests)
    // It compares what was sent to the server, which is no longer what is typed.
    if (typed !== area.value) replace('#compared', '')
    host.dataset['reviewed'] = String(Number(host.dataset['reviewed'] ?? 0) + 1)
  }
  const reviewer = new Reviewer(language, () => requestOf(form, view.state.doc.toString()), show)
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLElement && target.id.startsWith('ask-')) reviewer.reviewSoon()
  })
  reviewer.review()
}

/** What was put into each part; the same is not parsed and laid out again while somebody types. */
const replaced = new Map<string, string>()

/** The markup is made by the views, which escape every value. */
function replace(selector: string, markup: string): void {
  const part = element<HTMLElement>(selector)
  if (part === undefined || part.contains(document.activeElement) || replaced.get(selector) === markup) return
  part.innerHTML = markup
  replaced.set(selector, markup)
}

const area = element<HTMLTextAreaElement>('textarea#document')
if (area?.form) open(area, area.form)
