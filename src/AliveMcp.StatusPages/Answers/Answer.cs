using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.StatusPages.Answers;

/// <summary>An answer's bytes, made once and given to everybody who asks until the facts behind it change.</summary>
internal sealed class Answer
{
    private readonly AnswerKind _kind;
    private readonly byte[] _body;
    private readonly int _status;
    private readonly StringValues _tag;

    private Answer(AnswerKind kind, byte[] body, int status)
    {
        _kind = kind;
        _body = body;
        _status = status;
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"";
        _tag = ETag;
    }

    /// <summary>Strong: the SHA-256 of the body, in quotes.</summary>
    public string ETag { get; }

    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>It is what was asked for, not a word about why there is none.</summary>
    public bool IsGood => _status == StatusCodes.Status200OK;

    public static Answer Of(AnswerKind kind, byte[] body, int status = StatusCodes.Status200OK) =>
        new(kind, body, status);

    public static Answer Of(AnswerKind kind, string body, int status = StatusCodes.Status200OK) =>
        new(kind, Encoding.UTF8.GetBytes(body), status);

    /// <summary>Sends the whole answer, its head alone (HEAD), or 304 when the asker holds these very bytes.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.ETag = _tag;
        if (_status == StatusCodes.Status200OK && IsHeld(request.Headers.IfNoneMatch))
        {
            _kind.ApplyHeld(headers);
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        _kind.Apply(headers);
        headers.ContentLength = _body.Length;
        response.StatusCode = _status;
        if (HttpMethods.IsHead(request.Method))
        {
            return Task.CompletedTask;
        }

        var written = response.BodyWriter.WriteAsync(_body, context.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    private bool IsHeld(StringValues asked)
    {
        if (asked.Count == 0)
        {
            return false;
        }

        if (asked.Count == 1 && string.Equals(asked[0], ETag, StringComparison.Ordinal))
        {
            return true;
        }

        // Proxies that compress weaken the tag; RFC 9110 compares weakly here.
        return EntityTagHeaderValue.TryParseList(asked, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(ETag, StringComparison.Ordinal));
    }
}
