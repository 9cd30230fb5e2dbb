using System.Text.Json.Serialization;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.ApiKeys;

internal static class ApiKeyEndpoints
{
    private const int LargestBody = 8 * 1024;
    private const int LargestPage = 1_000;
    private const int LongestName = 120;

    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("keys");
        keys.MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadKeys)
            .WithName("list_keys")
            .WithSummary("The keys of the tenant, by number; never a token.")
            .Produces<KeyPage>();
        keys.MapGet("/{id:int}", FindAsync)
            .RequireAuthorization(Can.ReadKeys)
            .WithName("get_key")
            .WithSummary("One key of the tenant; never its token.")
            .Produces<ListedKey>();
        keys.MapPost("/", IssueAsync)
            .RequireAuthorization(Can.WriteKeys)
            .WithName("issue_key")
            .WithSummary("Makes another key. The token is told in this answer and never again.")
            .Accepts<KeyWish>("application/json")
            .Produces<IssuedKey>(StatusCodes.Status201Created);
        keys.MapDelete("/{id:int}", RevokeAsync)
            .RequireAuthorization(Can.WriteKeys)
            .WithName("revoke_key")
            .WithSummary("Takes a key out of use for good, at once. Doing it again changes nothing.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        KeyQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await queries.PageAsync(after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Id : (int?)null;
        return Results.Json(new KeyPage(page, next), KeyJson.Default.KeyPage);
    }

    private static async Task<object> FindAsync(int id, KeyQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } key
            ? Results.Json(key, KeyJson.Default.ListedKey)
            : ApiKeyProblems.NotFound(id);

    private static async Task<object> IssueAsync(
        HttpContext http,
        KeyRing ring,
        KeyQueries queries,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var now = clock.GetUtcNow();
        var read = Read(new BodyFields(json, "name", "scope", "expires_at"), now);
        if (!read.TryGet(out var wish))
        {
            return read.Problems;
        }

        var issued = await ring.IssueAsync(wish.Name, wish.Scope, wish.ExpiresAt, cancellationToken);
        if (!issued.TryGet(out var fresh))
        {
            return issued.Problems;
        }

        var key = (await queries.FindAsync(fresh.ApiKeyId, cancellationToken))!;
        http.Response.Headers.Location = $"/api/v1/keys/{key.Id}";
        return Results.Json(
            new IssuedKey(key, fresh.Token),
            KeyJson.Default.IssuedKey,
            statusCode: StatusCodes.Status201Created
        );
    }

    private static Result<KeyWish> Read(BodyFields fields, DateTimeOffset now)
    {
        var name = fields.Text("name", LongestName);
        var scope = fields.Word("scope", ApiKeyScopes.All) ?? ApiKeyScopes.Read;
        var expiresAt = fields.Instant("expires_at");
        if (name is null && fields.Problems.Count == 0)
        {
            fields.Refuse("name", "name_missing", "is missing; say what the key is for");
        }

        if (expiresAt <= now)
        {
            fields.Refuse("expires_at", "expires_at_invalid", "is over already");
        }

        return fields.Problems.Count > 0 ? fields.Problems : new KeyWish(name!, scope, expiresAt);
    }

    private static async Task<object> RevokeAsync(
        int id,
        ApiKeyDesk desk,
        KeyQueries queries,
        CancellationToken cancellationToken
    )
    {
        if (await queries.FindAsync(id, cancellationToken) is null)
        {
            return ApiKeyProblems.NotFound(id);
        }

        await desk.RevokeAsync(id, cancellationToken);
        return Results.NoContent();
    }
}

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(KeyPage))]
[JsonSerializable(typeof(ListedKey))]
[JsonSerializable(typeof(IssuedKey))]
internal sealed partial class KeyJson : JsonSerializerContext;
