"""What the analysis of lost customers, of retention and of contracts says."""

from mainstay.analysis.said.marks import gettext_noop

LOSSES = (
    gettext_noop(
        "%(n)s intervals of at least %(days)s days end within a month, so somebody could be won and"
        " lost in the same one. Raise either number."
    ),
    gettext_noop("grace_days is %(text)s. Give 0 or more."),
    gettext_noop("threshold is %(text)s. Give a share between 0 and 1."),
    gettext_noop(
        "%(lost)s of %(n)s customers were lost. Retention can be improved only where some customers"
        " stay."
    ),
    gettext_noop("The horizon is %(text)s years. Give 1 or more."),
    gettext_noop("A cost is below zero. Give 0 or more."),
    gettext_noop(
        "The expected effect must lie within its range, and the range within 0 and 100 points."
    ),
    # contracts
    gettext_noop("All contracts are alike in amount and length, so nothing can go with leaving."),
    gettext_noop(
        "A covariate tells perfectly who was lost, so its effect has no finite estimate. Leave it"
        " out; most likely it was recorded after the loss."
    ),
    gettext_noop("There is no covariate. Give one, or use Kaplan-Meier."),
    gettext_noop(
        "%(n)s customers were lost, too few for %(covariates)s covariates. Use fewer covariates or"
        " a longer period."
    ),
    gettext_noop(
        "Some of the covariates %(text)s follow from the others. Leave one out, such as one value"
        " of each category."
    ),
    gettext_noop(
        "%(n)s losses for %(covariates)s covariates are few: at least %(least)s for each make the"
        " ratios reliable."
    ),
    gettext_noop(
        "The ratio of %(text)s changes over time more than by chance: read it as an average."
    ),
    gettext_noop(
        "t is %(n)s, but nobody was observed for longer than %(longest)s. Cox knows nothing beyond;"
        " choose an earlier time."
    ),
    gettext_noop("The covariate %(text)s is missing. Give every one of the fit."),
    gettext_noop("%(text)s is the same for every customer. Leave it out."),
    gettext_noop(
        "From %(n)s on, fewer than %(least)s customers are observed: read the end of the curve with"
        " care."
    ),
    gettext_noop(
        "No customer has been lost yet, so the curve would stay at 100 %. Wait for the first losses"
        " or choose a longer period."
    ),
    gettext_noop(
        "weights: element %(n)s is %(text)s. It counts customers, so give a whole number."
    ),
    gettext_noop(
        "t is %(n)s, but nobody was observed for longer than %(longest)s. Kaplan-Meier knows"
        " nothing beyond; use a model such as sBG."
    ),
    gettext_noop(
        "lost: element %(n)s is %(text)s. Give 1 (true) for a lost customer, else 0 (false)."
    ),
    gettext_noop(
        "tenure: element %(n)s is 0, but the customer is lost. A customer lost at the first"
        " opportunity has tenure 1; correct or leave out that customer."
    ),
    gettext_noop(
        "tenure: element %(n)s is %(text)s. It numbers renewals, so give a whole number of at most"
        " ten million."
    ),
    gettext_noop(
        "cohort %(n)s has %(counts)s counts. Give how many began and how many were left after each"
        " renewal."
    ),
    gettext_noop(
        "cohort %(n)s: element %(place)s is %(text)s. Give numbers of customers, not shares: how"
        " sure the estimate is depends on how many there were."
    ),
    gettext_noop(
        "cohort %(n)s: element %(place)s is %(text)s, more than the %(other)s before. Survivors"
        " never grow; put new customers into a cohort of their own."
    ),
    gettext_noop(
        "Customers do not differ in their risk of leaving by more than chance, so the retention"
        " rate is the same at every renewal."
    ),
    gettext_noop(
        "Customers seem to leave at the first renewal or never: how the others differ is not"
        " identified."
    ),
    gettext_noop(
        "alpha is %(text)s, so some customers hardly ever leave and the mean residual lifetime is"
        " infinite. Give a horizon or a discount rate."
    ),
    gettext_noop(
        "No customer has come to a first renewal yet, so there is no retention to estimate."
    ),
    gettext_noop(
        "No customer has been lost yet, so how long they stay cannot be estimated. Wait for the"
        " first losses or choose a longer period."
    ),
    gettext_noop(
        "Every customer was lost at the first renewal, so there is no retention to forecast."
    ),
    gettext_noop(
        "Only one renewal has been observed. How customers differ shows from the second renewal on;"
        " until then, retention is simply the share that renewed."
    ),
    gettext_noop("t is 0, but renewals are numbered from 1. Give 1 for the first renewal."),
)
