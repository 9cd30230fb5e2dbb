using AliveMcp.Conformance;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

// The client that the official conformance suite drives: our probe, doing in each scenario what the scenario's name asks for.
// The URL is the last argument; 0 says that the probe came to a verdict, the suite's own checks say whether it was right.
if (args is not [.., var last] || !Uri.TryCreate(last, UriKind.Absolute, out var url))
{
    Console.Error.WriteLine("usage: AliveMcp.Conformance <url>; MCP_CONFORMANCE_SCENARIO names the scenario");
    return 2;
}

var scenario = Scenario.FromEnvironment();
var probe = new ServerProbe(new EgressGuard(new EgressOptions { AllowPrivate = true }), TimeProvider.System);

// The suite starts dozens of these at once; how fast they are is not its question.
var limits = new ProbeLimits { Total = TimeSpan.FromSeconds(30), Discover = TimeSpan.FromSeconds(10) };
var order = new ProbeOrder
{
    Url = url,
    Era = scenario.Era,
    Limits = limits,
};
if (scenario.NeedsNames)
{
    var listed = await probe.ProbeAsync(order, CancellationToken.None);
    scenario = scenario.CallingAll(listed.Contract);
}

var result = await probe.ProbeAsync(
    order with
    {
        Expectations = new Expectations { TestCalls = scenario.Calls },
    },
    CancellationToken.None
);
Console.WriteLine(
    $"{StateWords.Word(result.Attempt.State)} {WhyWords.Word(result.Attempt.Why)} {result.Attempt.Detail}"
);
foreach (var finding in result.Findings)
{
    Console.WriteLine($"{finding.Code} {finding.Tool} {finding.Detail}");
}

return result.Attempt.Why == Why.ProberUnfit ? 1 : 0;
