using System.Text.Json.Serialization;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Credentials;

internal static class CredentialEndpoints
{
    /// <summary>Room for a secret of 8 KiB with every letter escaped.</summary>
    private const int LargestBody = 64 * 1024;

    public static void MapCredentials(this RouteGroupBuilder servers)
    {
        var credential = servers.MapGroup("/{slug}/credential").WithTags("credentials");
        credential
            .MapGet("/", DescribeAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("get_credential")
            .WithSummary(
                "Whether an own server has a credential, of what kind, since when. The secret is read by nobody."
            )
            .Produces<CredentialStanding>();
        credential
            .MapPut("/", SetAsync)
            .RequireAuthorization(Can.WriteCredentials)
            .WithName("set_credential")
            .WithSummary("Puts in what probes show at the server's door, over what was there before.")
            .WithDescription(
                "secret for all kinds; header_name for header; user for basic and client_credentials; token_endpoint, issuer and scope for client_credentials; ends, if it does."
            )
            .Accepts<CredentialWish>("application/json")
            .Produces<CredentialStanding>();
        credential
            .MapDelete("/", RemoveAsync)
            .RequireAuthorization(Can.WriteCredentials)
            .WithName("remove_credential")
            .WithSummary("Takes a server's credential out for good. Doing it again changes nothing.")
            .Produces<CredentialStanding>();
    }

    private static async Task<object> DescribeAsync(
        string slug,
        ServerCredentials credentials,
        CancellationToken cancellationToken
    ) =>
        await credentials.DescribeAsync(slug, cancellationToken) is { } standing
            ? Results.Json(standing, CredentialJson.Default.CredentialStanding)
            : CredentialProblems.NoServer(slug);

    private static async Task<object> SetAsync(
        string slug,
        HttpRequest request,
        ServerCredentials credentials,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(request, LargestBody, cancellationToken);
        return body.TryGet(out var json)
            ? Answer(await credentials.SetAsync(slug, json, cancellationToken))
            : body.Problems;
    }

    private static async Task<object> RemoveAsync(
        string slug,
        ServerCredentials credentials,
        CancellationToken cancellationToken
    ) => Answer(await credentials.RemoveAsync(slug, cancellationToken));

    private static object Answer(Result<CredentialStanding> changed) =>
        changed.TryGet(out var standing)
            ? Results.Json(standing, CredentialJson.Default.CredentialStanding)
            : changed.Problems;
}

/// <summary>For the API's description: what a credential is made of.</summary>
internal sealed record CredentialWish(
    string Kind,
    string Secret,
    string? HeaderName = null,
    string? User = null,
    string? TokenEndpoint = null,
    string? Issuer = null,
    string? Scope = null,
    string? Ends = null
);

/// <summary>How it is spelled in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CredentialStanding))]
internal sealed partial class CredentialJson : JsonSerializerContext;
