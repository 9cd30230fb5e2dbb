using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Requests;

/// <summary>
/// Lets each caller ask so much in a minute: strangers by address, keys and persons by themselves and by their tenant. The tightest budget
/// stands in <c>RateLimit</c> and <c>RateLimit-Policy</c> of every answer.
/// </summary>
internal sealed class RequestLimits(Budgets budgets, IOptions<LimitOptions> options, RequestDelegate next)
{
    private const int NetworkBytes = 8;

    public async Task InvokeAsync(HttpContext http, Caller caller)
    {
        var cost = http.GetEndpoint()?.Metadata.GetMetadata<RequestCost>()?.Units ?? 1;
        var left = await Task.WhenAll(Of(http, caller).Select(budget => budgets.TakeAsync(budget, cost)));
        var tightest = left.MinBy(budget => budget.Left)!;
        Tell(http.Response.Headers, tightest);
        if (tightest.Left >= 0)
        {
            await next(http);
            return;
        }

        http.Response.Headers.RetryAfter = Seconds(tightest.Resets);
        var problem = new Problem(
            "requests_too_many",
            $"That is more than {tightest.Budget.Quota} in a minute ({tightest.Budget.Policy}): ask again in {Seconds(tightest.Resets)} s."
        );
        await Refusal.Of(StatusCodes.Status429TooManyRequests, problem).ExecuteAsync(http);
    }

    private IEnumerable<Budget> Of(HttpContext http, Caller caller)
    {
        var limits = options.Value;
        if (caller.Name is not { } name)
        {
            return [new Budget("address", NetworkOf(http.Connection.RemoteIpAddress), limits.AddressPerMinute)];
        }

        var own = new Budget("caller", name, limits.CallerPerMinute);
        return caller is { Layer: Layer.Customer, Tenant: { } tenant }
            ? [own, new Budget("tenant", tenant.ToString(), limits.TenantPerMinute)]
            : [own];
    }

    /// <summary>Whoever has an IPv6 network has more addresses in it than can be counted.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return "none";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, NetworkBytes))
            : plain.ToString();
    }

    private static void Tell(IHeaderDictionary headers, BudgetLeft left)
    {
        var policy = left.Budget.Policy;
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{policy}\";q={left.Budget.Quota};w=60"
        );
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{policy}\";r={Math.Max(0, left.Left)};t={Seconds(left.Resets)}"
        );
    }

    private static string Seconds(TimeSpan time) =>
        ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
