using AliveMcp.Contracts;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Evidence;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>One try from the first byte to the goodbye: open, list, judge, leave.</summary>
internal sealed class ProbeRun : IDisposable
{
    private readonly ProbeOrder _order;
    private readonly Wire _wire;
    private readonly Courier _courier;
    private readonly StreamableHttp _http;
    private readonly Logbook _log;
    private readonly Doorstep _door;
    private readonly HealthLook _health;
    private readonly KnownLists _lists;
    private Opening? _opening;
    private bool? _left;

    public ProbeRun(ProbeOrder order, Wire wire, SideWires sides, AccessTokens tokens, KnownLists lists)
    {
        (_order, _wire, _lists) = (order, wire, lists);
        _log = new Logbook { Listens = order.KnownContract is null };
        _courier = new Courier(wire, order.Url);
        _http = new StreamableHttp(_courier);
        _door = new Doorstep(order, sides, tokens, _log);
        _health = new HealthLook(order, sides, _log);
    }

    /// <summary>Knows the secrets that this try held, for who lets its result out; null when it held none.</summary>
    public SecretMask? Mask => _door.Mask;

    public async ValueTask<ProbeResult> RunAsync()
    {
        _opening = await OpenAsync();
        using var pages = new ToolPages(_opening, _order, _log, _lists);
        var list = _opening is { Stop: null, OffersTools: true } ? await ListAsync(pages) : null;

        if (_http.SessionUnusable)
        {
            _log.Find("protocol", "session_id_invalid", "the session id holds characters that no header may carry");
        }

        var stop = await WithWayInAsync(Placed(_opening.Stop));
        var calls = await CallAsync(list, pages);
        var (otherLeg, otherStop) = await LookAtOtherLegAsync(stop ?? list?.Stop);
        var sighting = new Sighting
        {
            Stop = stop,
            HasCredential = _door.ShowsKey,
            Gate = _door.Gate,
            OffersTools = _opening.OffersTools,
            List = list,
            OtherLegBroken = otherLeg == false && _order.OtherLeg == OtherLeg.Expected ? otherStop : null,
            Pace = _log.Handshake + _log.Tools - _log.Detour,
            Calls = calls,
        };
        // A body that was cut off by our own caller looks like a time-out.
        _wire.Deadline.ThrowIfCalledOff();
        sighting = await WithHealthAsync(sighting);
        var verdict = ProbeJudge.Judge(sighting, _order);
        var contract = pages.Contract;
        var shown = stop ?? list?.Stop ?? DecidingCall(sighting, verdict);
        var evidence = EvidenceOf(verdict, shown, pages);

        await LeaveAsync();
        return new ProbeResult
        {
            Attempt = ResultWriter.Attempt(verdict, _wire, _log),
            Observed = ResultWriter.Observed(_opening, contract, pages.Bytes, _wire) with
            {
                IssuesSessions = _left is not null,
                DeleteRefused = _left == false,
                OtherLegAnswers = otherLeg,
                RetryAfter = ResultWriter.RetryAfter(shown, _wire.Clock),
                CredentialEnds = _door.CredentialEnds,
                Gate = _door.GateOf(verdict),
                Requests = _wire.Requests + _door.Requests,
            },
            Contract = contract,
            Auth = shown?.Signs?.Challenge is { } challenge ? EvidenceRecorder.Clean(challenge) : null,
            Warnings = ResultWriter.Warnings(_courier, _log),
            Findings = ResultWriter.Findings(contract, _order, _log),
            Evidence = evidence,
        };
    }

    /// <summary>Ends the session, if one was issued, within the goodbye's own time. Once.</summary>
    public async ValueTask LeaveAsync()
    {
        var left = await _http.LeaveAsync();
        _left ??= left;
        if (left == false)
        {
            _log.Find("protocol", "delete_refused", "the session's DELETE was refused or not answered");
        }
    }

    public void Dispose() => _opening?.Transport?.Dispose();

    private async ValueTask<Opening> OpenAsync()
    {
        if (await _door.ApproachAsync(_courier) is { } shut)
        {
            return Opening.Stopped(Era.Auto, shut);
        }

        var opening = await new EraOpener(_order, _courier, _http, _log).OpenAsync();
        if (!await _door.RenewsAsync(opening.Stop))
        {
            return opening;
        }

        opening.Transport?.Dispose();
        return await new EraOpener(_order, _courier, _http, _log).OpenAsync();
    }

    private async ValueTask<ListSighting> ListAsync(ToolPages pages)
    {
        _wire.Deadline.Narrow(_order.Limits.ToolsList);
        var list = await pages.FetchAsync();
        if (await _door.RenewsAsync(list.Stop))
        {
            list = await pages.FetchAsync();
        }

        return list with
        {
            Stop = await WithWayInAsync(Placed(list.Stop)),
        };
    }

    // Behind everything else: a server that is failing has no time for questions that nobody's agent asks.
    private async ValueTask<(bool? Answers, Stop? Stop)> LookAtOtherLegAsync(Stop? stop)
    {
        if (_order.OtherLeg == OtherLeg.Skip || stop is not null)
        {
            return (null, null);
        }

        var (answers, why) = await OtherLegLook.LookAsync(_opening!, _courier);
        return (answers, Placed(why));
    }

    // A server without tools may still be asked to have some.
    private async ValueTask<IReadOnlyList<CallSighting>> CallAsync(ListSighting? list, ToolPages pages)
    {
        var mayCall = list is { End: ListEnd.Whole } || _opening is { Stop: null, OffersTools: false };
        return mayCall && _order.Expectations.TestCalls.Count > 0
            ? await new TestCalls(_opening!, _order, _wire, _log).MakeAsync(pages.Tools)
            : [];
    }

    // Nobody asks a server that is down how it feels.
    private async ValueTask<Sighting> WithHealthAsync(Sighting sighting) =>
        _order.Health is { } check
        && ProbeJudge.Judge(sighting, _order).State is ServerState.Live or ServerState.Degraded
            ? sighting with
            {
                Health = await _health.LookAsync(check, _courier.Key, _wire.Deadline.Left),
            }
            : sighting;

    private ProbeEvidence? EvidenceOf(Verdict verdict, Stop? shown, ToolPages pages) =>
        verdict.State == ServerState.Live ? null
        : verdict.FailedAt == ProbeStep.Health
            ? EvidenceRecorder.Record(_health.Wire!, _health.Seen, ReadOnlyMemory<byte>.Empty)
        : EvidenceRecorder.Record(_wire, shown, pages.LastPage);

    private static Stop? DecidingCall(Sighting sighting, Verdict verdict) =>
        verdict.FailedAt == ProbeStep.TestCall
            ? sighting
                .Calls.FirstOrDefault(call =>
                    CallRules.Judge(call) is { } seen && (seen.State, seen.Why) == (verdict.State, verdict.Why)
                )
                ?.Stop
            : null;

    private async ValueTask<Stop?> WithWayInAsync(Stop? stop) =>
        stop is { Status: 401 } ? await _door.WithWayInAsync(stop, _courier) : stop;

    // A fault of the connection belongs to the phase it struck in, not to the request that needed it.
    private Stop? Placed(Stop? stop) =>
        stop is null
            ? null
            : stop with
            {
                Step = stop.Status is null ? _wire.StepOf(stop.Step) : stop.Step,
                Key = _courier.Key?.Standing ?? KeyStanding.None,
            };
}
