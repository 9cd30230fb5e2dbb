using System.Text.Json;
using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Expecting;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>
/// Makes the owner's test calls, behind a whole list and in its session. A tool is called only while the server's own list says that it
/// reads alone, or when the owner vouches for the call; otherwise the call is withheld and said so.
/// </summary>
internal sealed class TestCalls(Opening opening, ProbeOrder order, Wire wire, Logbook log)
{
    /// <param name="tools">The whole list.</param>
    public async ValueTask<IReadOnlyList<CallSighting>> MakeAsync(IReadOnlyList<JsonElement> tools)
    {
        wire.Deadline.Narrow(order.Limits.TestCalls);
        var calls = order.Expectations.TestCalls;
        var sightings = new List<CallSighting>(calls.Count);
        for (var number = 0; number < calls.Count; number++)
        {
            var sighting = await MakeAsync(number, calls[number], tools);
            Note(sighting, isFirst: sightings.TrueForAll(seen => CallRules.Judge(seen) is null));
            sightings.Add(sighting);
            if (sighting is { Stop: not null, Lacks: Why.None, Stop.Fault: not WireFault.RpcError })
            {
                // What broke on the wire breaks the calls behind it as well: they would only be blamed for it again.
                break;
            }
        }

        wire.Widen();
        return sightings;
    }

    private async ValueTask<CallSighting> MakeAsync(int number, TestCall call, IReadOnlyList<JsonElement> tools)
    {
        var named = tools.Where(tool => Json.Text(tool, "name") == call.Tool).ToList();
        if (named.Count == 0)
        {
            return Absent(call, tools.Count);
        }

        if (AnswerCheck.WhyNot(call) is { } unsound)
        {
            return new CallSighting { Tool = call.Tool, Withheld = unsound };
        }

        var why = CallPermission.WhyNot(call, named);
        var isServers = true;
        if (
            why is not null
            || !ToolsCall.TryWrite(number, named[0], call.Arguments, Modern, out var rpc, out why, out isServers)
        )
        {
            return new CallSighting
            {
                Tool = call.Tool,
                Withheld = why,
                IsWithheldByServer = isServers,
            };
        }

        using var answer = await opening.Transport!.AskAsync(rpc);
        log.TestCalls += answer.Took;
        return Judge(call, answer);
    }

    private string? Modern => opening.Era == Era.Discover ? opening.Version : null;

    private CallSighting Judge(TestCall call, Answer answer)
    {
        var sighting = new CallSighting { Tool = call.Tool, FailureIsDown = call.FailureIsDown };
        if (!answer.Succeeded)
        {
            var stop = Stop.Of(ProbeStep.TestCall, answer, opening.Transport!.HasSession);
            return sighting with
            {
                Stop = stop with { Step = stop.Status is null ? wire.StepOf(stop.Step) : stop.Step },
                TimeIsUp = wire.Deadline.IsUp,
            };
        }

        return AnswerCheck.Check(answer.Result, call, answer.Took) is { } fault
            ? sighting with
            {
                Stop = Stop.Of(ProbeStep.TestCall, WireFault.Incomplete, answer, fault.Detail),
                Lacks = fault.Why,
            }
            : sighting;
    }

    private static CallSighting Absent(TestCall call, int count) =>
        new()
        {
            Tool = call.Tool,
            FailureIsDown = call.FailureIsDown,
            Lacks = Why.TestCallError,
            Stop = new Stop
            {
                Step = ProbeStep.TestCall,
                Fault = WireFault.Incomplete,
                Detail = $"expected it to be callable, it is not in the list of {count}",
            },
        };

    private void Note(CallSighting sighting, bool isFirst)
    {
        if (sighting.Withheld is { } why)
        {
            log.Find("expectation", "test_call_withheld", why, SafeText.Of(sighting.Tool, 128));
        }
        else if (!isFirst && CallRules.Judge(sighting) is { } verdict)
        {
            log.Find("expectation", WhyWords.Word(verdict.Why)!, verdict.Detail!, SafeText.Of(sighting.Tool, 128));
        }
    }
}
