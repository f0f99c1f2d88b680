// Turns the messages of audit entries, which are infinitives, into what was done or tried:
//
//     create {thing}     created the group `staff`            tried to create the group `staff`
//     {thing} anlegen    hat die Gruppe `staff` angelegt      wollte die Gruppe `staff` anlegen
import type { Language } from '../../../views/languages/languages.ts'

export interface Grammar {
  /** @param infinitive of something that was done */
  readonly done: (infinitive: string) => string
  /** Of something that was refused or failed. */
  readonly tried: (infinitive: string) => string
  /** Mends the words before a noun, which comes with its article in the accusative. */
  readonly contract: (text: string) => string
}

/** Forms of verbs by the end of their infinitive, the first that fits; irregular verbs are listed before the rules. */
type Forms = readonly (readonly [end: string, form: string])[]

function formOf(verb: string, forms: Forms): string {
  const [end = '', form = ''] = forms.find(([one]) => verb.endsWith(one)) ?? []
  return `${verb.slice(0, verb.length - end.length)}${form}`
}

const firstWord = (text: string, change: (word: string) => string): string =>
  text.replace(/^\S+/, (word) => change(word))
const lastWord = (text: string, change: (word: string) => string): string =>
  text.replace(/\S+$/, (word) => change(word))

const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    be: 'was',
    become: 'became',
    choose: 'chose',
    get: 'got',
    give: 'gave',
    make: 'made',
    put: 'put',
    read: 'read',
    reset: 'reset',
    send: 'sent',
    set: 'set',
    take: 'took',
    tell: 'told',
    withdraw: 'withdrew',
  }),
)

/** An English infinitive in the past tense. */
export const past = (infinitive: string): string =>
  firstWord(infinitive, (verb) => irregular.get(verb) ?? regularPast(verb))

function regularPast(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`
  return `${verb === 'tag' ? 'tagg' : verb}ed`
}

/** All German verbs of these sentences, by their end: `zurücksetzen` before `setzen`. */
const participles: Forms = [
  ['abfragen', 'abgefragt'],
  ['ablehnen', 'abgelehnt'],
  ['abmelden', 'abgemeldet'],
  ['abrufen', 'abgerufen'],
  ['anfordern', 'angefordert'],
  ['anhängen', 'angehängt'],
  ['anlegen', 'angelegt'],
  ['anmelden', 'angemeldet'],
  ['annehmen', 'angenommen'],
  ['ansehen', 'angesehen'],
  ['aufheben', 'aufgehoben'],
  ['auflisten', 'aufgelistet'],
  ['aufnehmen', 'aufgenommen'],
  ['aufrufen', 'aufgerufen'],
  ['ausweisen', 'ausgewiesen'],
  ['beenden', 'beendet'],
  ['bestätigen', 'bestätigt'],
  ['eingeben', 'eingegeben'],
  ['einladen', 'eingeladen'],
  ['einrichten', 'eingerichtet'],
  ['eintauschen', 'eingetauscht'],
  ['entfernen', 'entfernt'],
  ['entschlüsseln', 'entschlüsselt'],
  ['erhalten', 'erhalten'],
  ['ersetzen', 'ersetzt'],
  ['erstellen', 'erstellt'],
  ['festlegen', 'festgelegt'],
  ['genehmigen', 'genehmigt'],
  ['hinzufügen', 'hinzugefügt'],
  ['hochladen', 'hochgeladen'],
  ['löschen', 'gelöscht'],
  ['lösen', 'gelöst'],
  ['mitteilen', 'mitgeteilt'],
  ['öffnen', 'geöffnet'],
  ['prüfen', 'geprüft'],
  ['schließen', 'geschlossen'],
  ['senden', 'gesendet'],
  ['zurücksetzen', 'zurückgesetzt'],
  ['setzen', 'gesetzt'],
  ['speichern', 'gespeichert'],
  ['starten', 'gestartet'],
  ['suchen', 'gesucht'],
  ['umbenennen', 'umbenannt'],
  ['vergleichen', 'verglichen'],
  ['verknüpfen', 'verknüpft'],
  ['versehen', 'versehen'],
  ['vertrauen', 'vertraut'],
  ['verwenden', 'verwendet'],
  ['wählen', 'gewählt'],
  ['wechseln', 'gewechselt'],
  ['widerrufen', 'widerrufen'],
  ['zurückziehen', 'zurückgezogen'],
  ['zustellen', 'zugestellt'],
  ['zustimmen', 'zugestimmt'],
  ['übernehmen', 'übernommen'],
  ['ändern', 'geändert'],
  ['ieren', 'iert'],
]

const frenchParticiples: Forms = [
  ['mettre', 'mis'],
  ['prendre', 'pris'],
  ['ouvrir', 'ouvert'],
  ['obtenir', 'obtenu'],
  ['recevoir', 'reçu'],
  ['inscrire', 'inscrit'],
  ['er', 'é'],
  ['ir', 'i'],
]

const preterites: Forms = [
  ['elegir', 'eligió'],
  ['pedir', 'pidió'],
  ['consentir', 'consintió'],
  ['introducir', 'introdujo'],
  ['obtener', 'obtuvo'],
  ['poner', 'puso'],
  ['ar', 'ó'],
  ['er', 'ió'],
  ['ir', 'ió'],
]

/** Words that change, or grow together, before the article of a noun. */
const contract =
  (...pairs: readonly (readonly [from: RegExp, to: string])[]) =>
  (text: string): string =>
    pairs.reduce((shown, [from, to]) => shown.replace(from, to), text)

export const grammars: Readonly<Record<Language, Grammar>> = {
  en: { done: past, tried: (infinitive) => `tried to ${infinitive}`, contract: contract() },
  de: {
    done: (infinitive) => `hat ${lastWord(infinitive, (verb) => formOf(verb, participles))}`,
    tried: (infinitive) => `wollte ${infinitive}`,
    contract: contract(
      [/\bder die\b/, 'der'],
      [/\bvon die\b/, 'von der'],
      [/\bvon den\b/, 'von dem'],
      [/\bvon das\b/, 'vom'],
    ),
  },
  fr: {
    done: (infinitive) => `a ${firstWord(infinitive, (verb) => formOf(verb, frenchParticiples))}`,
    tried: (infinitive) => `a tenté ${/^[aeiouhéê]/.test(infinitive) ? 'd’' : 'de '}${infinitive}`,
    contract: contract([/ de le /, ' du '], [/ à le /, ' au ']),
  },
  es: {
    done: (infinitive) => firstWord(infinitive, (verb) => formOf(verb, preterites)),
    tried: (infinitive) => `intentó ${infinitive}`,
    contract: contract([/ de el /, ' del '], [/ a el /, ' al ']),
  },
  // Japanese phrases in a list are the same for both; the outcome is shown beside them.
  ja: { done: (phrase) => phrase, tried: (phrase) => phrase, contract: contract() },
}
