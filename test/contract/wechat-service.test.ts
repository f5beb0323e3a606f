import { describeContract } from './contract.ts'
import { wechatService } from './subjects.ts'

describeContract('WeChat through a gateway', wechatService)
