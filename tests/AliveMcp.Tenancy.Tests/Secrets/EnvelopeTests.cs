using System.Security.Cryptography;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tests.Secrets;

public sealed class EnvelopeTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(Envelope.KeySize);

    [Fact]
    public void What_was_sealed_for_a_place_opens_there_and_nowhere_else()
    {
        var random = new Random(4711);
        for (var run = 0; run < 500; run++)
        {
            var (place, other) = (Place(random), Place(random));
            var secret = new byte[random.Next(1, 200)];
            random.NextBytes(secret);

            var envelope = Envelope.Seal(Key, place.Bytes, secret);

            Assert.Equal(secret, Envelope.Open(Key, place.Bytes, envelope));
            foreach (var wrong in Neighbours(place).Append(other).Where(wrong => wrong != place))
            {
                Assert.Null(Envelope.Open(Key, wrong.Bytes, envelope));
            }
        }
    }

    [Fact]
    public void No_two_places_are_spelled_alike()
    {
        var places =
            from tenant in new[] { 1, 11, 2, 12 }
            from server in new[] { 1, 11, 2, 12, 111 }
            from purpose in new[] { "probe", "probe_a", "a" }
            select Convert.ToHexString(
                new SecretPlace(new ServerKey(new TenantId(tenant), new ServerId(server)), purpose).Bytes
            );

        Assert.Equal(4 * 5 * 3, places.Distinct().Count());
    }

    [Fact]
    public void Every_bit_that_is_flipped_is_refused()
    {
        var place = Place(new Random(1));
        var envelope = Envelope.Seal(Key, place.Bytes, "a secret of some length"u8);
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            var flipped = envelope.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(Envelope.Open(Key, place.Bytes, flipped));
        }
    }

    [Fact]
    public void Every_length_that_is_cut_is_refused()
    {
        var place = Place(new Random(2));
        var envelope = Envelope.Seal(Key, place.Bytes, "a secret"u8);

        for (var length = 0; length < envelope.Length; length++)
        {
            Assert.Null(Envelope.Open(Key, place.Bytes, envelope.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_same_secret_is_never_sealed_alike()
    {
        var place = Place(new Random(3));

        var sealedOnes = Enumerable
            .Range(0, 1_000)
            .Select(_ => Convert.ToHexString(Envelope.Seal(Key, place.Bytes, "a secret"u8)[1..13]));

        Assert.Equal(1_000, sealedOnes.Distinct().Count());
    }

    private static SecretPlace Place(Random random) =>
        new(
            new ServerKey(new TenantId(random.Next(1, 1_000_000)), new ServerId(random.Next(1, 1_000_000))),
            random.Next(2) == 0 ? "probe" : "webhook"
        );

    private static IEnumerable<SecretPlace> Neighbours(SecretPlace place)
    {
        var (tenant, server) = (place.Server.Tenant.Value, place.Server.Server.Value);
        yield return place with
        {
            Purpose = place.Purpose + "s",
        };
        yield return place with
        {
            Server = new ServerKey(new TenantId(tenant + 1), new ServerId(server)),
        };
        yield return place with
        {
            Server = new ServerKey(new TenantId(tenant), new ServerId(server + 1)),
        };
        yield return place with
        {
            Server = new ServerKey(new TenantId(server), new ServerId(tenant)),
        };
    }
}
