import { html, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { t } from '../i18n.ts'
import { asRecord } from '../plain.ts'
import { type CardElement, contentOf } from './schema.ts'
import { styles } from './style.ts'

/** A chart as VChart draws it from the card's `chart_spec`. */
export function chartElement(element: CardElement): TemplateResult {
  const spec = asRecord(element.chart_spec)
  const ratio = /^(\d{1,2}):(\d{1,2})$/.exec(String(element.aspect_ratio ?? '16:9'))
  const height = /^[1-9]\d{1,2}px$/.test(String(element.height)) ? String(element.height) : undefined
  const size = styles({ height, 'aspect-ratio': height || !ratio ? undefined : `${ratio[1]} / ${ratio[2]}` })
  return html`<card-chart
    data-testid="card-chart"
    role="img"
    aria-label=${describe(spec)}
    style=${styleMap(size)}
    .spec=${spec}
  ></card-chart>`
}

/** A chart in words: its title and its values, as far as they are plain. */
function describe(spec: Record<string, unknown>): string {
  const title = contentOf(asRecord(spec.title).text) || t('chart')
  const values = [spec.data].flat().flatMap((one) => asRecord(one).values ?? [])
  const fields = [spec.categoryField, spec.xField, spec.seriesField, spec.valueField, spec.yField]
    .flat()
    .filter((one): one is string => typeof one === 'string')
  const lines = values.slice(0, 30).map((value) => {
    const record = asRecord(value)
    return [...new Set(fields)].map((field) => record[field]).join(' ')
  })
  return [title, ...lines].join('；')
}

interface VChart {
  renderAsync(): Promise<unknown>
  release(): void
}
type VChartClass = new (spec: unknown, options: { dom: HTMLElement; animation: boolean }) => VChart

/** The library is large, so only the first chart loads it. */
let library: Promise<VChartClass> | undefined

function loadLibrary(): Promise<VChartClass> {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/modules/@visactor/vchart/build/index.min.js'
    script.onload = () =>
      resolve((globalThis as unknown as { VChart: { VChart: VChartClass } }).VChart.VChart)
    script.onerror = () => {
      library = undefined
      reject(new Error('the chart library could not be loaded'))
    }
    document.head.append(script)
  })
  return library
}

class CardChart extends HTMLElement {
  #spec = ''
  #chart: VChart | undefined

  set spec(spec: Record<string, unknown>) {
    const text = JSON.stringify(spec)
    if (text === this.#spec) return
    this.#spec = text
    if (this.isConnected) void this.#draw()
  }

  connectedCallback(): void {
    if (this.#spec) void this.#draw()
  }

  disconnectedCallback(): void {
    this.#chart?.release()
    this.#chart = undefined
    this.replaceChildren()
  }

  async #draw(): Promise<void> {
    const drawn = this.#spec
    this.dataset.state = 'loading'
    try {
      const Chart = await loadLibrary()
      if (!this.isConnected || drawn !== this.#spec) return
      this.#chart?.release()
      this.replaceChildren()
      this.#chart = new Chart({ ...plainLook, ...JSON.parse(drawn) }, { dom: this, animation: false })
      await this.#chart.renderAsync()
      this.dataset.state = 'drawn'
    } catch (error) {
      console.error('card chart:', error)
      this.textContent = t('chartFailed')
      this.dataset.state = 'failed'
    }
  }
}

/** The page's own type and inks, where the card says nothing else. */
const plainLook = {
  background: 'transparent',
  padding: 4,
  theme: {
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font'),
    colorScheme: {
      default: {
        palette: {
          titleFontColor: '#1c2433',
          primaryFontColor: '#1c2433',
          secondaryFontColor: '#4a5468',
          axisLabelFontColor: '#4a5468',
          discreteLegendItemTextColor: '#4a5468',
        },
      },
    },
  },
}

customElements.define('card-chart', CardChart)
