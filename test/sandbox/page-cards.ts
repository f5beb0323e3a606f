import type { Sandbox } from '../../sandbox/server/index.ts'
import { sdkClient } from './sdk.ts'

/** Cards for the page's tests, in the platform's own JSON. */

type Json = Record<string, unknown>

export const plain = (content: string) => ({ tag: 'plain_text', content })
export const text = (content: string, style: Json = {}) => ({
  tag: 'div',
  text: { ...plain(content), ...style },
})
export const markdown = (content: string) => ({ tag: 'markdown', content })

export function button(label: string, value: Json, properties: Json = {}) {
  return { tag: 'button', text: plain(label), behaviors: [{ type: 'callback', value }], ...properties }
}

export function card(elements: unknown[], title = '#12 蔬菜滞销') {
  const header = { title: plain(title), template: 'blue' }
  return { schema: '2.0', config: { update_multi: true }, header, body: { elements } }
}

/** A feedback form such as the bot's: labels above the fields, as the platform's selects and dates have none. */
export function feedbackForm() {
  return card([
    {
      tag: 'form',
      name: 'feedback',
      elements: [
        text('办理结果 *'),
        {
          tag: 'select_static',
          name: 'outcome',
          required: true,
          placeholder: plain('请选择'),
          options: [
            { text: plain('解决'), value: 'resolved' },
            { text: plain('正在解决'), value: 'in_progress' },
          ],
        },
        {
          tag: 'input',
          name: 'measures',
          label: plain('办理措施'),
          required: true,
          input_type: 'multiline_text',
          max_length: 20,
          placeholder: plain('请填写'),
        },
        text('承诺日期'),
        { tag: 'date_picker', name: 'promised', required: false, placeholder: plain('选择日期') },
        { tag: 'input', name: 'handler', label: plain('经办人'), required: false, default_value: '李联络' },
        button(
          '提交反馈',
          { command: 'feedback' },
          { name: 'submit', form_action_type: 'submit', type: 'primary_filled' },
        ),
      ],
    },
  ])
}

/** One of every element that the page draws. */
export function everyElement(imageKey: string) {
  const bars = [
    { label: '市商务委', value: 3 },
    { label: '市教委', value: 5 },
  ]
  return card([
    markdown(
      '**共 720 件**，<font color="red">逾期 3 件</font> <text_tag color="orange">特急</text_tag>\n- 第一项\n- 第二项',
    ),
    text('普通文字'),
    { tag: 'hr' },
    { tag: 'img', img_key: imageKey, alt: plain('现场照片') },
    {
      tag: 'column_set',
      flex_mode: 'none',
      columns: [2, 1].map((weight) => ({
        tag: 'column',
        width: 'weighted',
        weight,
        background_style: 'grey',
        elements: [text(`${weight} 份`)],
      })),
    },
    {
      tag: 'table',
      page_size: 2,
      columns: [
        { name: 'unit', display_name: '单位', data_type: 'text' },
        { name: 'count', display_name: '件数', data_type: 'number', horizontal_align: 'right' },
        { name: 'state', display_name: '状态', data_type: 'options' },
      ],
      rows: ['市商务委', '市教委', '市民政局'].map((unit, at) => ({
        unit,
        count: at * 1000.5,
        state: [{ text: '逾期', color: 'red' }],
      })),
    },
    {
      tag: 'chart',
      chart_spec: {
        type: 'bar',
        title: { text: '各单位' },
        data: { values: bars },
        xField: 'label',
        yField: 'value',
      },
    },
    {
      tag: 'collapsible_panel',
      expanded: false,
      header: { title: plain('办理过程') },
      elements: [text('已签收')],
    },
    button('签收', { command: 'ack' }, { type: 'primary' }),
    button('已办结', { command: 'none' }, { disabled: true }),
    ...feedbackForm().body.elements,
  ])
}

/** The bot sends a card; resolves to the message's id. */
export async function sendCard(sandbox: Sandbox, chat: string, json: unknown): Promise<string> {
  const sent = await sdkClient(sandbox).im.v1.message.create({
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: chat, msg_type: 'interactive', content: JSON.stringify(json) },
  })
  if (!sent.data?.message_id) throw new Error(`the card was refused: ${sent.msg}`)
  return sent.data.message_id
}

export async function uploadImage(sandbox: Sandbox, image: Buffer): Promise<string> {
  const sent = await sdkClient(sandbox).im.v1.image.create({ data: { image_type: 'message', image } })
  if (!sent?.image_key) throw new Error('the image was refused')
  return sent.image_key
}
