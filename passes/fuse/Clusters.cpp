// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/fuse/Clusters.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <functional>

using namespace mlir;

namespace nd {
namespace {

bool isFree(Operation *op) {
  return op &&
         (isa<GeneratorOpInterface>(op) || (isa<ViewOpInterface>(op) && !isOpaqueReshape(op)));
}
bool isCompute(Operation *op) { return isa<PointwiseOpInterface, ReductionOpInterface>(op); }

/// A value read through views: the root, and per axis of the value the root's axis (-1: none).
struct Chain {
  Value root;
  SmallVector<int64_t> axes;
  bool exact = true; ///< no view skips, reverses or shifts elements
};

Chain chainOf(Value value) {
  Chain chain{value, {}, true};
  for (int64_t i = 0, rank = tensorOf(value.getType()).getRank(); i < rank; ++i)
    chain.axes.push_back(i);
  while (Operation *def = chain.root.getDefiningOp()) {
    View view;
    if (!isa<ViewOpInterface>(def) || !cast<ViewOpInterface>(def).getView(view))
      break;
    Value source = def->getOperand(0);
    ArrayRef<int64_t> from = tensorOf(source.getType()).getShape(),
                      to = tensorOf(chain.root.getType()).getShape();
    for (int64_t &axis : chain.axes) {
      if (axis < 0)
        continue;
      int64_t next = view.source[axis];
      if (next >= 0 && (view.step[axis] != 1 || view.offset[next] != 0 || from[next] != to[axis]))
        chain.exact = false;
      axis = next;
    }
    // A slice may also drop all but one element of an axis that nothing walks.
    for (auto [axis, offset] : llvm::enumerate(view.offset))
      if (offset != 0 || (from[axis] != 1 && !llvm::is_contained(view.source, int64_t(axis))))
        chain.exact = false;
    for (auto [axis, source] : llvm::enumerate(view.source))
      if (source >= 0 && to[axis] == 1 && from[source] != 1)
        chain.exact = false;
    chain.root = source;
  }
  return chain;
}

/// The shape that an op loops over.
ArrayRef<int64_t> loopShape(Operation *op) {
  Value value = isa<ReductionOpInterface>(op) ? op->getOperand(0) : op->getResult(0);
  return tensorOf(value.getType()).getShape();
}

} // namespace

bool isOpaqueReshape(Operation *op) {
  View view;
  return isa_and_present<ViewOpInterface>(op) && !cast<ViewOpInterface>(op).getView(view);
}

Clusters::Clusters(Block &block) : block(block) {
  for (auto [i, op] : llvm::enumerate(block)) {
    position[&op] = i;
    if (auto extent = dyn_cast<ExtentOp>(op))
      extents[extent.getExtent()] = extent;
  }
  for (Operation &op : block.without_terminator())
    if (isCompute(&op) && !op.use_empty())
      grow(&op);
  joinSiblings();
}

SmallVector<Operation *> Clusters::extentsOf(Operation *op) const {
  SmallVector<Operation *> out;
  if (extents.empty())
    return out;
  auto add = [&](ArrayRef<int64_t> shape) {
    for (int64_t extent : shape)
      if (auto known = extents.find(extent);
          known != extents.end() && !llvm::is_contained(out, known->second))
        out.push_back(known->second);
  };
  SmallVector<Operation *> work = {op};
  while (!work.empty()) { // with the views and generators that go where it goes
    Operation *next = work.pop_back_val();
    for (Type type : llvm::concat<Type>(next->getOperandTypes(), next->getResultTypes()))
      add(tensorOf(type).getShape());
    if (auto count = dyn_cast<CountOp>(next))
      add(count.getExtents());
    else if (auto slice = dyn_cast<SliceOp>(next))
      add(slice.getOffsets());
    else if (auto update = dyn_cast<UpdateOp>(next))
      add(update.getOffsets());
    for (Value operand : next->getOperands())
      if (Operation *def = operand.getDefiningOp(); isFree(def))
        work.push_back(def);
  }
  return out;
}

SmallVector<int64_t> Clusters::dimensionsOf(Value result) const {
  Operation *op = result.getDefiningOp();
  SmallVector<int64_t> dimensions = loops.lookup(op);
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  if (!reduction)
    return dimensions;
  SmallVector<int64_t> kept;
  for (auto [axis, dimension] : llvm::enumerate(dimensions)) {
    if (!llvm::is_contained(reduction.getReducedAxes(), int64_t(axis)))
      kept.push_back(dimension);
    else if (reduction.keepsDims())
      kept.push_back(-1);
  }
  return kept;
}

void Clusters::grow(Operation *op) {
  Cluster *own = &clusters.emplace_back();
  own->ops.push_back(op);
  SmallVector<int64_t> &dimensions = loops[op];
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  for (auto [axis, extent] : llvm::enumerate(loopShape(op))) {
    if (extent == 1) {
      dimensions.push_back(-1);
      continue;
    }
    dimensions.push_back(own->extents.size());
    own->extents.push_back(extent);
    own->reduced.push_back(reduction &&
                           llvm::is_contained(reduction.getReducedAxes(), int64_t(axis)));
  }
  clusterOf[op] = own;
  llvm::SmallSetVector<Cluster *, 4> producers;
  for (Value operand : op->getOperands())
    if (Operation *def = chainOf(operand).root.getDefiningOp())
      if (Cluster *cluster = clusterOf.lookup(def))
        producers.insert(cluster);
  for (Cluster *producer : producers)
    if (unite(producer, own, false))
      own = producer;
}

/// Maps the consumer's dimensions to the producer's; false where they do not line up.
bool Clusters::align(Cluster *producer, Cluster *consumer, bool siblings,
                     SmallVector<int64_t> &to) const {
  to.assign(consumer->extents.size(), -1);
  SmallVector<bool> met(producer->extents.size(), false);
  auto match = [&](int64_t consumed, int64_t produced) {
    if (consumed < 0 || produced < 0)
      return consumed < 0 && produced < 0;
    if (to[consumed] < 0 && !met[produced] &&
        consumer->extents[consumed] == producer->extents[produced]) {
      to[consumed] = produced;
      met[produced] = true;
    }
    return to[consumed] == produced;
  };
  // What the producer's ops read, for siblings: they line up where they read the same.
  llvm::DenseMap<Value, SmallVector<int64_t>> read;
  if (siblings)
    for (Operation *op : producer->ops)
      for (Value operand : op->getOperands()) {
        Chain chain = chainOf(operand);
        if (!chain.exact || (chain.root.getDefiningOp() && isFree(chain.root.getDefiningOp())))
          continue;
        SmallVector<int64_t> dimensions(tensorOf(chain.root.getType()).getRank(), -1);
        for (auto [axis, source] : llvm::enumerate(chain.axes))
          if (source >= 0)
            dimensions[source] = loops.lookup(op)[axis];
        read.try_emplace(chain.root, dimensions);
      }
  bool linked = false;
  for (Operation *op : consumer->ops) {
    ArrayRef<int64_t> mine = loops.find(op)->second;
    for (Value operand : op->getOperands()) {
      Chain chain = chainOf(operand);
      Operation *def = chain.root.getDefiningOp();
      SmallVector<int64_t> theirs;
      if (def && clusterOf.lookup(def) == producer) {
        if (!chain.exact)
          return false;
        theirs = dimensionsOf(chain.root);
      } else if (auto shared = read.find(chain.root); chain.exact && shared != read.end()) {
        theirs = shared->second;
      } else {
        continue;
      }
      linked = true;
      for (auto [axis, source] : llvm::enumerate(chain.axes))
        if (source >= 0 && theirs[source] >= 0 && !match(mine[axis], theirs[source]))
          return false;
    }
  }
  if (!linked)
    return false;
  SmallVector<int64_t> unmatched, unmet;
  for (size_t i = 0; i < to.size(); ++i)
    if (to[i] < 0)
      unmatched.push_back(i);
  for (size_t i = 0; i < met.size(); ++i)
    if (!met[i])
      unmet.push_back(i);
  if (siblings)
    return unmatched.empty() && unmet.empty() && llvm::is_sorted(to);
  if (!unmet.empty() && unmet != producer->reducedDimensions())
    return false;
  if (unmatched.empty()) {
    // The consumer works on what is left after the reduction.
    if (!unmet.empty() && consumer->reduces())
      return false;
  } else if (!producer->extents.empty()) {
    // The consumer walks the reduced dimensions again.
    if (unmatched.size() != unmet.size())
      return false;
    for (auto [mine, theirs] : llvm::zip_equal(unmatched, unmet)) {
      if (consumer->extents[mine] != producer->extents[theirs])
        return false;
      to[mine] = theirs;
    }
  }
  return llvm::is_sorted(to);
}

/// Whether something outside both needs \p from and is needed by \p to.
bool Clusters::pathBetween(Cluster *from, Cluster *to) const {
  SmallVector<Operation *> work;
  llvm::SmallPtrSet<Operation *, 32> seen;
  auto push = [&](Operation *op) {
    for (Value operand : op->getOperands())
      if (Operation *def = operand.getDefiningOp(); def && seen.insert(def).second)
        work.push_back(def);
    for (Operation *extent : extentsOf(op))
      if (seen.insert(extent).second)
        work.push_back(extent);
  };
  auto enter = [&](Operation *op) {
    if (Cluster *cluster = clusterOf.lookup(op)) {
      for (Operation *member : cluster->ops)
        if (seen.insert(member).second || member == op)
          push(member);
    } else {
      push(op);
    }
  };
  // The first step out of `to` may be a view of `from`, which is no path of its own.
  llvm::SmallPtrSet<Operation *, 16> direct;
  for (Operation *op : to->ops)
    for (Operation *extent : extentsOf(op))
      if (direct.insert(extent).second)
        work.push_back(extent);
  for (Operation *op : to->ops)
    for (Value operand : op->getOperands()) {
      Operation *def = operand.getDefiningOp();
      while (def && isFree(def) && def->getNumOperands())
        def = def->getOperand(0).getDefiningOp();
      if (!def || clusterOf.lookup(def) == from || clusterOf.lookup(def) == to || isFree(def))
        continue;
      if (direct.insert(def).second)
        work.push_back(def);
    }
  for (Operation *op : work)
    seen.insert(op);
  while (!work.empty()) {
    Operation *op = work.pop_back_val();
    if (clusterOf.lookup(op) == from)
      return true;
    enter(op);
  }
  return false;
}

/// Generating code for a nest takes time that grows faster than the nest: 1000 ops in one take 0.9
/// s, 2500 take 24 s. Memory between nests of this size costs next to nothing.
static constexpr size_t mostOps = 256;

bool Clusters::unite(Cluster *producer, Cluster *consumer, bool siblings) {
  if (producer == consumer || producer->ops.size() + consumer->ops.size() > mostOps)
    return false;
  SmallVector<int64_t> to;
  if (!align(producer, consumer, siblings, to))
    return false;
  bool scalarProducer = producer->extents.empty();
  // A scalar that others need as well would be written by a nest that may have no iterations.
  if (scalarProducer && !consumer->extents.empty())
    for (Operation *op : producer->ops)
      if (!usedOnlyBy(op, producer, consumer))
        return false;
  SmallVector<bool> reduced = scalarProducer ? consumer->reduced : producer->reduced;
  if (!scalarProducer && consumer->reduces()) {
    SmallVector<bool> theirs(reduced.size(), false);
    for (auto [dimension, target] : llvm::enumerate(to))
      if (consumer->reduced[dimension])
        theirs[target] = true;
    if (producer->reduces() && theirs != reduced)
      return false;
    reduced = theirs;
  }
  if (pathBetween(producer, consumer) || (siblings && pathBetween(consumer, producer)))
    return false;
  // A 0-d producer joins the consumer's dimensions; else the consumer's become the producer's.
  if (scalarProducer) {
    producer->extents = consumer->extents;
  } else {
    for (Operation *op : consumer->ops)
      for (int64_t &dimension : loops[op])
        if (dimension >= 0)
          dimension = to[dimension];
  }
  producer->reduced = reduced;
  for (Operation *op : consumer->ops)
    clusterOf[op] = producer;
  producer->ops.append(consumer->ops);
  llvm::sort(producer->ops,
             [&](Operation *a, Operation *b) { return position.lookup(a) < position.lookup(b); });
  clusters.remove_if([&](Cluster &cluster) { return &cluster == consumer; });
  return true;
}

/// Whether an op of \p user reads a result of \p maker.
bool Clusters::reads(const Cluster &user, const Cluster &maker) const {
  for (Operation *op : user.ops)
    for (Value operand : op->getOperands())
      if (Operation *def = chainOf(operand).root.getDefiningOp();
          def && clusterOf.lookup(def) == &maker)
        return true;
  return false;
}

// Nests that read the same array share the reading. Where one also reads the other's result the two
// were refused already.
void Clusters::joinSiblings() {
  if (clusters.size() < 2 || clusters.size() > 64)
    return;
  for (auto first = clusters.begin(); first != clusters.end(); ++first)
    for (auto second = std::next(first); second != clusters.end();) {
      auto next = std::next(second);
      if (first->extents == second->extents && !reads(*first, *second) && !reads(*second, *first) &&
          unite(&*first, &*second, true))
        next = std::next(first);
      second = next;
    }
}

bool Clusters::usedOutside(Operation *op, Operation *user) const {
  SmallVector<Operation *> work{user};
  while (!work.empty()) {
    Operation *at = work.pop_back_val();
    if (isFree(at)) {
      work.append(at->getUsers().begin(), at->getUsers().end());
      continue;
    }
    if (Cluster *cluster = clusterOf.lookup(at); !cluster || cluster != clusterOf.lookup(op))
      if (cluster || !isCompute(at))
        return true;
  }
  return false;
}

bool Clusters::usedOnlyBy(Operation *op, const Cluster *a, const Cluster *b) const {
  SmallVector<Operation *> work(op->getUsers());
  while (!work.empty()) {
    Operation *user = work.pop_back_val();
    if (isFree(user)) {
      work.append(user->getUsers().begin(), user->getUsers().end());
    } else {
      Cluster *cluster = clusterOf.lookup(user);
      if (!cluster || (cluster != a && cluster != b))
        return false;
    }
  }
  return true;
}

SmallVector<Unit> Clusters::inOrder() const {
  SmallVector<Unit> out;
  llvm::DenseSet<Operation *> done;
  llvm::DenseSet<Cluster *> emitted;
  // Depth first from the terminator's needs, in program order, so the order is stable.
  std::function<void(Operation *)> visit = [&](Operation *op) {
    if (!op || op->getBlock() != &block || done.contains(op))
      return;
    if (Cluster *cluster = clusterOf.lookup(op)) {
      if (!emitted.insert(cluster).second)
        return;
      for (Operation *member : cluster->ops)
        for (Operation *extent : extentsOf(member))
          visit(extent);
      for (Operation *member : cluster->ops)
        for (Value operand : member->getOperands()) {
          Operation *def = chainOf(operand).root.getDefiningOp();
          if (def && !isFree(def) && clusterOf.lookup(def) != cluster)
            visit(def);
        }
      for (Operation *member : cluster->ops)
        done.insert(member);
      out.push_back({cluster, nullptr});
      return;
    }
    done.insert(op);
    for (Operation *extent : extentsOf(op))
      visit(extent);
    for (Value operand : op->getOperands())
      visit(operand.getDefiningOp());
    out.push_back({nullptr, op});
  };
  for (Operation &op : block.without_terminator())
    if (clusterOf.contains(&op) || !(isFree(&op) || isCompute(&op)))
      visit(&op);
  visit(block.getTerminator());
  return out;
}

} // namespace nd
