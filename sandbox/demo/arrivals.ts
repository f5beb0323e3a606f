/** What another system hands in while the demo's past goes by, as it would over HTTP; numbered on from the list's last. */
export const arrivals = {
  /** #21 */
  parkBus: {
    source: 'enterprise_visit',
    external_id: 'QY-0107',
    title: '产业园区公交末班车过早',
    content: '园区企业反映，晚班职工下班后已无公交可乘，建议延长末班时间或增开定制线路。',
    category: '公共交通',
    urgency: 'normal',
  },
  /** #22 */
  fullBins: {
    source: 'hotline',
    external_id: '12345-0412',
    title: '商务楼废弃口罩收集容器满溢无人清运',
    content: '商务楼大堂的废弃口罩专用收集容器满溢两天，无人清运，建议明确清运频次。',
    category: '环境卫生',
    urgency: 'urgent',
    petitioner: '来电市民',
    phone: '13900139000',
    address: '示范路1号2幢301室',
  },
  /** #23 */
  phoneBooking: {
    source: 'hotline',
    external_id: '12345-0420',
    title: '独居老人不会用手机预约口罩',
    content: '独居老人没有智能手机，不会线上预约口罩，请居委会保留电话登记或上门登记。',
    category: '口罩供应',
    urgency: 'normal',
  },
  /** #24 */
  lorryPermits: {
    source: 'enterprise_online',
    external_id: 'QY-0113',
    title: '外省市货车通行证审批时间长',
    content: '企业原料由外省市货车运输，通行证办理要等三四天，影响复工复产，希望加快审批。',
    category: '物流运输',
    urgency: 'urgent',
    petitioner: '企业联系人',
    phone: '13900139001',
  },
  /** #25 */
  parcelShelves: {
    source: 'public_account',
    external_id: 'SHFB-0088',
    title: '小区门口快递货架不够，取件仍拥挤',
    content: '小区门口快递货架太少，快递堆放在地上，傍晚取件人员聚集，建议增设货架、错峰取件。',
    category: '社区防控',
    urgency: 'normal',
  },
  /** #26 */
  foodPrices: {
    source: 'online',
    external_id: 'YQ-0031',
    title: '网传菜市场菜价翻倍、摊位空置',
    content: '网帖称部分菜市场摊位空置，蔬菜价格上涨一倍，转发较多，请核实市场供应和价格情况。',
    category: '市场供应',
    urgency: 'critical',
  },
} as const
