// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which ops share a loop nest.
//
// A cluster walks one domain: a list of extents other than 1. Each op says which dimension each of
// its axes walks. Two clusters unite when the values between them line up those dimensions one to
// one, in order; dimensions that only one side has must be the reduced ones, so that nothing is
// computed twice.
#ifndef ND_PASSES_FUSE_CLUSTERS_H
#define ND_PASSES_FUSE_CLUSTERS_H

#include "ir/NdOps.h"
#include "llvm/ADT/MapVector.h"
#include <list>

namespace nd {

/// A reshape that moves elements between axes: it renames contiguous memory, no strides describe
/// it.
bool isOpaqueReshape(mlir::Operation *op);

struct Cluster {
  llvm::SmallVector<mlir::Operation *> ops; ///< in program order
  llvm::SmallVector<int64_t> extents;
  llvm::SmallVector<bool> reduced;

  llvm::SmallVector<int64_t> reducedDimensions() const {
    llvm::SmallVector<int64_t> out;
    for (size_t i = 0; i < reduced.size(); ++i)
      if (reduced[i])
        out.push_back(i);
    return out;
  }
  bool reduces() const { return llvm::is_contained(reduced, true); }
};

/// A cluster, or an op that stays as it is.
struct Unit {
  Cluster *cluster = nullptr;
  mlir::Operation *op = nullptr;
};

class Clusters {
public:
  explicit Clusters(mlir::Block &block);

  /// Per axis of the op's loop shape (its operand's for reductions): a dimension, or -1 for
  /// extent 1.
  llvm::SmallVector<int64_t> loopsOf(mlir::Operation *op) const { return loops.lookup(op); }
  /// Whether \p user, which uses \p op, needs the result in memory.
  bool usedOutside(mlir::Operation *op, mlir::Operation *user) const;
  /// Clusters and other ops, each after what it needs.
  llvm::SmallVector<Unit> inOrder() const;

private:
  struct Link;
  void grow(mlir::Operation *op);
  void joinSiblings();
  bool unite(Cluster *producer, Cluster *consumer, bool siblings);
  bool align(Cluster *producer, Cluster *consumer, bool siblings,
             llvm::SmallVector<int64_t> &to) const;
  bool usedOnlyBy(mlir::Operation *op, const Cluster *a, const Cluster *b) const;
  bool reads(const Cluster &user, const Cluster &maker) const;
  bool pathBetween(Cluster *from, Cluster *to) const;
  llvm::SmallVector<int64_t> dimensionsOf(mlir::Value result) const;

  /// The nd.extent ops behind run-time extents that \p op names: no operand leads to them.
  llvm::SmallVector<mlir::Operation *> extentsOf(mlir::Operation *op) const;

  mlir::Block &block;
  llvm::DenseMap<int64_t, mlir::Operation *> extents; ///< nd.extent by the number it names
  std::list<Cluster> clusters;
  llvm::DenseMap<mlir::Operation *, Cluster *> clusterOf;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<int64_t>> loops;
  llvm::DenseMap<mlir::Operation *, int> position;
};

} // namespace nd

#endif // ND_PASSES_FUSE_CLUSTERS_H
