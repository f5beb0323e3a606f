import { wechat } from './subjects.ts'
import { describeWechat } from './wechat-contract.ts'

describeWechat('WeChat', wechat)
