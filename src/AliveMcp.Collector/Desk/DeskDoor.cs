using System.Text.RegularExpressions;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Memory;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Collector.Desk;

/// <summary>
/// Who may speak to the desk: the bearer of a region's token, for that region alone. Everybody else is refused and counted; so is one who
/// asks more often than any number of honest probers would.
/// </summary>
internal sealed partial class DeskDoor(RegionTokens tokens, CollectorMeter meter, TimeProvider time)
{
    /// <summary>A token that was changed is refused after this.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private readonly Recent<string, Known> _known = new(1_000);
    private readonly DeskTurns _turns = new(time);

    /// <summary>The endpoint filter of the desk: puts the caller's region into the request.</summary>
    public async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        if (
            await RegionOfAsync(request.Request.Headers.Authorization.ToString(), request.RequestAborted)
            is not { } region
        )
        {
            return meter.Refuse("token");
        }

        using var turn = _turns.Enter(region.Region);
        if (turn is null)
        {
            request.Response.Headers.RetryAfter = "1";
            return meter.Refuse("too_many");
        }

        request.Features.Set(new Caller(region));
        return await next(context);
    }

    /// <summary>Whose token was shown.</summary>
    public static WatchRegion CallerOf(HttpContext request) =>
        request.Features.Get<Caller>()?.Region ?? throw new InvalidOperationException("Nobody was let in.");

    public static Region RegionOf(HttpContext request) => CallerOf(request).Region;

    /// <summary>A prober's name becomes part of signatures and logs.</summary>
    public static bool IsName(string? prober) => prober is not null && Name().IsMatch(prober);

    private async Task<WatchRegion?> RegionOfAsync(string header, CancellationToken cancellationToken)
    {
        const string scheme = "Bearer ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || header.Length is < 39 or > 263)
        {
            return null;
        }

        var token = header[scheme.Length..].Trim();
        var hash = Convert.ToHexString(RegionTokens.HashOf(token));
        var now = time.GetUtcNow();
        if (_known.TryGet(hash, out var known) && now - known.At < Trust)
        {
            return known.Region;
        }

        var region = await tokens.FindAsync(token, cancellationToken);
        if (region is not null)
        {
            _known.Set(hash, new Known(region, now));
        }

        return region;
    }

    private sealed record Caller(WatchRegion Region);

    private readonly record struct Known(WatchRegion Region, DateTimeOffset At);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
