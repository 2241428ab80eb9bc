import type { Block, MinutesDocument, Section, TextRun } from '../../../../shared/council/minutes.ts'
import { localeOf, m } from '../../../../shared/i18n/index.ts'
import { html, type Html } from '../html.ts'
import { facts } from '../parts.ts'

/** Minutes as the main part of a page; of their sections only those that everybody may read. */
export function minutesHtml(document: MinutesDocument): Html {
  const locale = { locale: localeOf(document.language) }
  const { signatures } = document
  return html`<article class="minutes" lang="${document.language}">
    <h1>${document.title}</h1>
    <p class="quiet">${document.body}</p>
    ${facts(document.facts.map(({ label, value }) => [label, value]))}
    ${document.sections.filter((section) => section.public).map(sectionHtml)}
    ${
      signatures.length > 0 &&
      html`<section>
        <h2>${m.documents_signatures({}, locale)}</h2>
        <ul>
          ${signatures.map(
            ({ name, capacity, signed }) =>
              html`<li>
                ${name}, ${capacity}${signed !== undefined && `, ${m.documents_signed({ when: signed }, locale)}`}
              </li>`,
          )}
        </ul>
      </section>`
    }
  </article>`
}

const sectionHtml = ({ heading, blocks }: Section): Html =>
  html`<section>
    <h2>${heading}</h2>
    ${blocks.map(blockHtml)}
  </section>`

const prose = (runs: readonly TextRun[]): Html[] =>
  runs.map(({ text, strong }) => (strong ? html`<strong>${broken(text)}</strong>` : html`${broken(text)}`))

/** Lines stay lines. */
const broken = (text: string): Html[] =>
  text.split(/\r\n?|\n/).map((line, index) => html`${index > 0 && html`<br />`}${line}`)

function blockHtml(block: Block): Html {
  switch (block.block) {
    case 'paragraph':
      return html`<p>${prose(block.runs)}</p>`
    case 'resolution':
      return html`<blockquote>${prose(block.runs)}</blockquote>`
    case 'heading':
      return html`<h3>${block.text}</h3>`
    case 'list': {
      const items = block.items.map((runs) => html`<li>${prose(runs)}</li>`)
      return block.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`
    }
    case 'table':
      return tableHtml(block)
  }
}

/** Can be scrolled by keyboard where it is wider than the screen. An empty cell is the header of nothing. */
function tableHtml({ caption, header, rows }: Extract<Block, { block: 'table' }>): Html {
  const width = Math.max(header.length, ...rows.map((row) => row.length))
  const filled = (cells: readonly string[]): string[] => Array.from({ length: width }, (_, index) => cells[index] ?? '')
  const cell = (text: string, scope?: 'col' | 'row'): Html =>
    scope && text ? html`<th scope="${scope}">${text}</th>` : html`<td>${text}</td>`
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${filled(header).map((text) => cell(text, 'col'))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${filled(row).map((text, index) => cell(text, index === 0 ? 'row' : undefined))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
