import { wechatService } from './subjects.ts'
import { describeWechat } from './wechat-contract.ts'

describeWechat('WeChat through a gateway', wechatService)
