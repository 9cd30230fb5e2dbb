using System.Globalization;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>
/// Looks at the owner's health URL by a way of its own: a plain GET through the same guard, within its own time and 64 KiB. The credential
/// goes along inside the registered origin alone.
/// </summary>
internal sealed class HealthLook(ProbeOrder order, SideWires wires, Logbook log)
{
    /// <summary>The way that was taken, for the evidence; null while nobody looked.</summary>
    public Wire? Wire { get; private set; }

    /// <summary>The answer's beginning, for the evidence.</summary>
    public Stop? Seen { get; private set; }

    /// <summary>What is wrong; null when nothing is, or when that could not be seen.</summary>
    /// <param name="left">What the probe has left of its time.</param>
    public async ValueTask<HealthFault?> LookAsync(HealthCheck check, DoorKey? key, TimeSpan left)
    {
        var budget = left < order.Limits.Health ? left : order.Limits.Health;
        var carried = Redirects.IsSameOrigin(check.Url, order.Url) ? key?.Another() : null;
        Wire = wires.Open(budget, carried is null ? null : AddressRules.ForKey);
        var reply = await new Courier(Wire, check.Url).SendAsync(url => Write(url, carried));
        if (reply.Response is not { } response)
        {
            return Unanswered(reply, budget);
        }

        using (response)
        using (var body = await AnswerReader.ReadRefusalAsync(Wire, response))
        {
            Wire.Deadline.ThrowIfCalledOff();
            return Judge(check, response, body, budget);
        }
    }

    private HealthFault? Judge(HealthCheck check, HttpResponseMessage response, PooledBytes body, TimeSpan budget)
    {
        var status = (int)response.StatusCode;
        var signs = HttpSigns.Read(response, body.WrittenSpan);
        Seen = new Stop
        {
            Step = ProbeStep.Health,
            Fault = WireFault.HttpStatus,
            Status = status,
            Signs = signs,
            Excerpt = body.WrittenSpan[..Math.Min(2048, body.Length)].ToArray(),
        };
        if (status == 429 || (signs.Wall is not null && status is 403 or 503))
        {
            return Blind($"the health URL was not seen: HTTP {status}{(signs.Wall is { } wall ? $" of {wall}" : "")}");
        }

        return Wire!.Deadline.Token.IsCancellationRequested
            ? Silence(budget, status)
            : HealthRules.Judge(check, status, body.Written);
    }

    private HealthFault? Unanswered(Reply reply, TimeSpan budget) =>
        reply.Fault switch
        {
            WireFault.NoRoute or WireFault.Unfit or WireFault.KeyWithheld => Blind(
                $"the health URL was not seen: {reply.Detail ?? "we could not reach it"}"
            ),
            WireFault.Timeout or WireFault.ConnectTimeout => Silence(budget, status: null),
            _ => new HealthFault(
                Why.HealthDown,
                $"expected an answer of the health URL, got {WhyWords.Word(StopReasons.Of(Stopped(reply)))}{(reply.Detail is { } detail ? $": {detail}" : "")}",
                Status: null
            ),
        };

    private static HealthFault Silence(TimeSpan budget, int? status) =>
        new(
            Why.HealthDown,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected an answer of the health URL within {budget.TotalSeconds:0.#} s, got silence"
            ),
            status
        );

    private HealthFault? Blind(string detail)
    {
        log.Find("expectation", "health_not_looked", detail);
        return null;
    }

    private static Stop Stopped(Reply reply) => new() { Step = ProbeStep.Health, Fault = reply.Fault };

    private static HttpRequestMessage Write(Uri url, DoorKey? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "application/health+json, application/json, */*;q=0.5");
        key?.ShowWith(request);
        return request;
    }
}
