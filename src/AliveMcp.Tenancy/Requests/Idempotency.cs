using System.Security.Cryptography;
using System.Text;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.Tenancy.Requests;

/// <summary>
/// <c>Idempotency-Key</c>: a request that changes something and carries one is done once; sent again within a day it is answered with the
/// same answer.
/// 1. The place is taken in Postgres before anything is done, so that of two replicas one does it.
/// 2. What was answered is kept, unless it was a fault of ours or a matter of the moment (429): that may be tried again.
/// 3. The same key with another request is a mistake of the caller's (422); while the first is still at work, it is told so (409).
/// </summary>
internal sealed class Idempotency(AnswerShelf shelf, RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const int LargestBody = 2 * 1024 * 1024;

    private static readonly string[] Kept = [HeaderNames.ContentType, HeaderNames.Location, HeaderNames.ETag];

    public async Task InvokeAsync(HttpContext http, Caller caller)
    {
        var header = http.Request.Headers[Header];
        var isReading = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (header.Count == 0 || isReading || caller is not { Tenant: { } tenant, Name: { } name })
        {
            await next(http);
            return;
        }

        if (header is not [{ Length: > 0 and <= LongestKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            await Refusal.Of(StatusCodes.Status400BadRequest, IdempotencyProblems.NoKey).ExecuteAsync(http);
            return;
        }

        if (await HashAsync(http.Request, http.RequestAborted) is not { } hash)
        {
            await Refusal
                .Of(StatusCodes.Status413PayloadTooLarge, BodyProblems.TooLarge(LargestBody))
                .ExecuteAsync(http);
            return;
        }

        var place = new Place(tenant, name, SHA256.HashData(Encoding.ASCII.GetBytes(key)));
        var secret = $"{key} {http.Request.Headers.Authorization}";
        if (await shelf.TakeAsync(place, hash, http.RequestAborted) is { } found)
        {
            await AnswerAsync(http, found, secret);
        }
        else
        {
            await DoAsync(http, place, secret);
        }
    }

    private async Task DoAsync(HttpContext http, Place place, string secret)
    {
        var output = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
        }
        catch
        {
            await shelf.LeaveAsync(place, CancellationToken.None);
            throw;
        }
        finally
        {
            http.Response.Body = output;
        }

        // The act is done, whether or not the caller still listens: what became of it is kept.
        var status = http.Response.StatusCode;
        if (status is >= 500 or StatusCodes.Status429TooManyRequests)
        {
            await shelf.LeaveAsync(place, CancellationToken.None);
        }
        else
        {
            var headers = Kept.Where(http.Response.Headers.ContainsKey)
                .ToDictionary(name => name, name => http.Response.Headers[name].ToString(), StringComparer.Ordinal);
            var answer = new KeptAnswer(status, headers, body.ToArray());
            await shelf.KeepAsync(place, answer.Seal(secret), CancellationToken.None);
        }

        body.Position = 0;
        await body.CopyToAsync(output, http.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext http, Shelved found, string secret)
    {
        if (!found.IsSameRequest)
        {
            await Refusal
                .Of(StatusCodes.Status422UnprocessableEntity, IdempotencyProblems.OtherRequest)
                .ExecuteAsync(http);
            return;
        }

        if (found.Sealed is null)
        {
            http.Response.Headers.RetryAfter = "1";
            await Refusal.Of(StatusCodes.Status409Conflict, IdempotencyProblems.AtWork).ExecuteAsync(http);
            return;
        }

        var answer = KeptAnswer.Open(found.Sealed, secret);
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <returns>Null: the body is longer than any that is taken.</returns>
    private static async Task<byte[]?> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering(LargestBody, LargestBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head =
            $"{request.Method}\n{request.Path}\n{request.QueryString}\n{request.ContentType}\n{request.Headers.IfMatch}\n";
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            return null;
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
